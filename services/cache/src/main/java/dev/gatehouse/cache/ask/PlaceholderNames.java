package dev.gatehouse.cache.ask;

import dev.gatehouse.exchange.PlaceholderSpelling;
import dev.gatehouse.exchange.Placeholders;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;

/** Which of the guard's placeholders stand in a text, by their keys. */
public final class PlaceholderNames {

    private PlaceholderNames() {}

    /** Those in the guard's own spelling, {@code [EMAIL_1]}. */
    public static Set<String> in(String text) {
        Set<String> names = new HashSet<>();
        Matcher matcher = Placeholders.SHAPE.matcher(text);
        while (matcher.find()) {
            names.add(PlaceholderSpelling.key(matcher.group()));
        }
        return names;
    }

    /** Those in the guard's spelling, and of the known ones also those in any spelling that the guard would put back. */
    public static Set<String> in(String answer, Set<String> known) {
        Set<String> names = in(answer);
        for (int i = 0; i < answer.length(); i++) {
            if (PlaceholderSpelling.mayStart(answer.charAt(i))
                    && PlaceholderSpelling.read(answer, i, true, prefix -> true) instanceof PlaceholderSpelling.Reading.Found found
                    && known.contains(found.key())) {
                names.add(found.key());
            }
        }
        return names;
    }
}
