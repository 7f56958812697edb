package dev.gatehouse.text.pii;

import java.util.List;

/** The made texts with personal data, for tests of other packages. */
public final class MadeTexts {

    private MadeTexts() {
    }

    public static List<String> all() {
        return SyntheticTexts.all().stream().map(Scoreboard.Marked::text).toList();
    }
}
