package dev.gatehouse.guard.unmask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Placeholders;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestorerTest {

    private static final String[] PIECES = {"[EMAIL_1]", "[email 1]", "\\[EMAIL\\_1\\]", "&#91;EMAIL_1&#93;", "%5BEMAIL_1%5D", "[PHONE_NUMBER_1]",
            "[EMAIL_2]", "[EMAIL_", "[", "]", "\\", "&", "%", "&#9", "%5", "\\u005", "**", "`", " ", "Hello", "[see 1]", "[x](y)", "\uD83D\uDE00", "é", "_1]", "\n"};

    private final Placeholders own = new Placeholders();
    private int restored;

    RestorerTest() {
        own.of("EMAIL", "a<\"b\">@example.com");
        own.of("PHONE_NUMBER", "+1 415 555 0123");
    }

    private String restore(List<String> deltas) {
        Restorer restorer = new Restorer(own, () -> restored++);
        StringBuilder out = new StringBuilder();
        deltas.forEach(delta -> out.append(restorer.feed(delta)));
        return out.append(restorer.end()).toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "Write to [EMAIL_1]. | Write to a<\"b\">@example.com.",
        "**[email_1]** or [PHONE NUMBER 1] | **a<\"b\">@example.com** or +1 415 555 0123",
        "\\[EMAIL\\_1\\] | a<\"b\">@example.com",
        "<a>&#91;EMAIL_1&#93;</a> | <a>a&lt;&quot;b&quot;&gt;@example.com</a>",
        "https://x.test/?to=%5BEMAIL_1%5D | https://x.test/?to=a%3C%22b%22%3E%40example.com",
        "{\"to\": \"\\u005bEMAIL_1\\u005d\"} | {\"to\": \"a<\\\"b\\\">@example.com\"}",
        "[[EMAIL_1]](mailto:[EMAIL_1]) | [a<\"b\">@example.com](mailto:a<\"b\">@example.com)",
        "[EMAIL_2] [NAME_1] EMAIL_1 [EMAIL_1 [EMAIL_12] | [EMAIL_2] [NAME_1] EMAIL_1 [EMAIL_1 [EMAIL_12]"})
    void itsOwnPlaceholdersAreRestoredInEverySpellingAndAllElseIsLeft(String text, String expected) {
        assertThat(restore(List.of(text))).isEqualTo(expected);
        for (int at = 0; at <= text.length(); at++) {
            assertThat(restore(List.of(text.substring(0, at), text.substring(at)))).isEqualTo(expected);
        }
        assertThat(restore(text.chars().mapToObj(c -> String.valueOf((char) c)).toList())).isEqualTo(expected);
    }

    @Test
    void anyTextReadsTheSameHoweverItIsSplit() {
        Random random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            String whole = restore(List.of(text.toString()));
            assertThat(restore(split(text.toString(), random))).as(text.toString()).isEqualTo(whole);
        }
    }

    private static List<String> split(String text, Random random) {
        List<String> deltas = new java.util.ArrayList<>();
        for (int at = 0; at < text.length();) {
            int to = Math.min(text.length(), at + 1 + random.nextInt(6));
            deltas.add(text.substring(at, to));
            at = to;
        }
        return deltas;
    }

    @Test
    void plainTextPassesAtOnceAndOnlyWhatMayBecomeAnOwnPlaceholderIsHeld() {
        Restorer restorer = new Restorer(own, () -> { });
        assertThat(restorer.feed("Hello (world) <b> ")).isEqualTo("Hello (world) <b> ");
        assertThat(restorer.feed("see [1], [Name_1], array[i] and 50% of [E")).isEqualTo("see [1], [Name_1], array[i] and 50% of ");
        assertThat(restorer.feed("x")).isEqualTo("[Ex");
        assertThat(restorer.feed("[PHONE_NUMBER")).isEmpty();
        assertThat(restorer.feed("S] ok")).isEqualTo("[PHONE_NUMBERS] ok");
        assertThat(restorer.end()).isEmpty();
    }

    @Test
    void aValueThatLooksLikeAPlaceholderIsNotReadAgain() {
        Placeholders nested = new Placeholders();
        nested.of("A", "[A_1]");
        nested.of("A", "[A_1");
        Restorer restorer = new Restorer(nested, () -> restored++);
        assertThat(restorer.feed("[A_1] [A_2]] end") + restorer.end()).isEqualTo("[A_1] [A_1] end");
        assertThat(restored).isEqualTo(2);
    }

    @Test
    void aLongRunOfBracketsIsReadInLinearTime() {
        String brackets = "[".repeat(1_000_000) + "\\".repeat(100_000) + "[E_M_A_".repeat(100_000);
        assertThat(restore(List.of(brackets))).isEqualTo(brackets);
    }
}
