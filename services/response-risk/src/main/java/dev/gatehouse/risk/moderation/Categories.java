package dev.gatehouse.risk.moderation;

import com.google.re2j.Pattern;
import java.util.Locale;

/** Makes of an endpoint's words names that metrics can bear. */
final class Categories {

    private static final Pattern ODD = Pattern.compile("[^a-z0-9_/-]+");
    private static final int MAX_LENGTH = 64;

    private Categories() {}

    static String named(String word) {
        String plain = ODD.matcher(word.strip().toLowerCase(Locale.ROOT)).replaceAll("-");
        return plain.isEmpty() ? "unnamed" : plain.substring(0, Math.min(plain.length(), MAX_LENGTH));
    }
}
