package dev.gatehouse.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.PlaceholderSpelling.Escaping;
import dev.gatehouse.exchange.PlaceholderSpelling.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderSpellingTest {

    private static Reading read(String text, boolean last) {
        return PlaceholderSpelling.read(text, 0, last, "EMAIL1"::startsWith);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[EMAIL_1]", "[email_1]", "[Email 1]", "[ EMAIL_1 ]", "[EMAIL-1]", "[EMAIL1]", "[**EMAIL_1**]", "[`EMAIL_1`]",
            "\\[EMAIL\\_1\\]", "[EMAIL\\_1]", "\\\\[EMAIL\\\\_1\\\\]", "［EMAIL_1］", "【email_1】", "[EMAIL\u00A01]", "[EMAIL\u200B_1]",
            "[E-Mail 1]", "&#91;EMAIL_1&#93;", "&#x5b;EMAIL&lowbar;1&#x5D;", "&lbrack;EMAIL_1&rsqb;", "%5BEMAIL_1%5D", "%5bEMAIL%5F1%5d",
            "\\u005bEMAIL_1\\u005D"})
    void everySpellingIsReadToItsEndAndIsOpenAtEveryCut(String spelling) {
        assertThat(read(spelling + " more", false)).isInstanceOfSatisfying(Reading.Found.class, found -> {
            assertThat(found.key()).isEqualTo("EMAIL1");
            assertThat(found.end()).isEqualTo(spelling.length());
        });
        for (int at = 1; at < spelling.length(); at++) {
            assertThat(read(spelling.substring(0, at), false)).as(spelling.substring(0, at)).isInstanceOf(Reading.Open.class);
            assertThat(read(spelling.substring(0, at), true)).as(spelling.substring(0, at)).isInstanceOf(Reading.None.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[EMAIL_2]", "[EMAIL", "EMAIL_1]", "[EMAIL_1", "(EMAIL_1)", "[EMAIL_11]", "[EMAIL\n_1]", "[EMAIL_____1]", "[]", "[ ]", "[[EMAIL_1]]",
            "&EMAIL_1&#93;", "&#0;EMAIL_1]", "&amp;#91;EMAIL_1]", "%zzEMAIL_1]", "\\\\\\\\\\\\[EMAIL_1]", "\\u005zEMAIL_1]", "[ÉMAIL_1]"})
    void anythingElseIsNone(String text) {
        assertThat(read(text, true)).isInstanceOf(Reading.None.class);
    }

    @ParameterizedTest
    @CsvSource({"[EMAIL_1], NONE", "\\[EMAIL_1\\], NONE", "&#91;EMAIL_1&#93;, HTML", "%5BEMAIL_1%5D, PERCENT", "\\u005bEMAIL_1\\u005d, JSON"})
    void theOpeningBracketTellsHowTheTextIsEscaped(String spelling, Escaping escaping) {
        assertThat(((Reading.Found) read(spelling, true)).escaping()).isEqualTo(escaping);
    }

    @Test
    void whatCannotBecomeAKnownOneIsNoLongerOpen() {
        assertThat(read("[", false)).isInstanceOf(Reading.Open.class);
        assertThat(read("[E", false)).isInstanceOf(Reading.Open.class);
        assertThat(read("[Ex", false)).isInstanceOf(Reading.None.class);
        assertThat(read("[see", false)).isInstanceOf(Reading.None.class);
        assertThat(read("&a", false)).isInstanceOf(Reading.Open.class);
        assertThat(read("& ", false)).isInstanceOf(Reading.None.class);
        assertThat(read("\\n", false)).isInstanceOf(Reading.None.class);
    }

    @Test
    void nothingIsOpenForLongerThanItsBound() {
        assertThat(read("[" + "_E_M".repeat(200), false)).isInstanceOf(Reading.None.class);
        Reading spaced = PlaceholderSpelling.read("[" + "A___".repeat(200), 0, false, key -> true);
        assertThat(spaced).isInstanceOf(Reading.None.class);
    }
}
