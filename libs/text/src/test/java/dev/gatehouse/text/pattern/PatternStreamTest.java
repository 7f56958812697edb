package dev.gatehouse.text.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.Splits;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatternStreamTest {

    private static final List<String> PATTERNS = List.of("EMP-\\d{6}", "(?i)project\\s+falcon", "a+b", "a.*b", "(a|ab)(c|bcd)(d*)", "\\bfoo\\b",
            "foo$", "^foo", "(?m)^foo$", "foo\\B", "[^a-z]{2,5}x", "(?s)b.*?c", "x{3}", "x{2,}y", "(?:ab)+", "a??b", "[[:digit:]]+x", "\\Qa.b\\E",
            "\\x61\\x{62}", "(?P<n>a)b", "é+", "😀b?", ".b", "\\pL{3}", "[\\w.]+@b", "(?i:A)b", "a\\zb|ab", "a|b|fo+", "(?U)a+b", "\\d*a");
    private static final String ALPHABET = "aabbbcdfooox.@ 1é\n-X\uD83D\uDE00";

    private static PatternList list(String pattern, int longest) {
        return new PatternList(List.of(new UserPattern("p", pattern, 0, 1, longest)));
    }

    @Test
    void finds_what_a_whole_text_has_however_it_is_cut() {
        Random random = new Random(7);
        for (String pattern : PATTERNS) {
            PatternList detector = list(pattern, 10_000);
            for (int i = 0; i < 150; i++) {
                String text = text(random, 1 + random.nextInt(60));
                List<Finding> whole = detector.scan(text);
                assertThat(Splits.findings(detector, text)).as("%s in %s", pattern, text).isEqualTo(whole);
                assertThat(Splits.findings(detector, text, Splits.every(text.length()))).as("%s in %s", pattern, text).isEqualTo(whole);
                assertThat(Splits.findings(detector, text, Splits.random(random, text.length()))).as("%s in %s", pattern, text).isEqualTo(whole);
            }
        }
    }

    @Test
    void a_match_is_held_to_its_length_however_the_text_is_cut() {
        Random random = new Random(8);
        for (String pattern : PATTERNS) {
            PatternList detector = list(pattern, 5);
            for (int i = 0; i < 150; i++) {
                String text = text(random, 1 + random.nextInt(60));
                List<Finding> whole = Splits.findings(detector, text);
                assertThat(whole).allMatch(finding -> finding.length() <= 5);
                assertThat(Splits.findings(detector, text, Splits.every(text.length()))).as("%s in %s", pattern, text).isEqualTo(whole);
                assertThat(Splits.findings(detector, text, Splits.random(random, text.length()))).as("%s in %s", pattern, text).isEqualTo(whole);
            }
        }
    }

    @Test
    void text_waits_only_while_a_match_is_open() {
        DetectorStream stream = list("EMP-\\d{6}", 256).open();
        assertThat(stream.feed("Every EMPLOYEE").settled()).isEqualTo("Every EMPLOYEE".length() - 1);
        assertThat(stream.feed(" has EMP-12").settled()).isEqualTo("Every EMPLOYEE has ".length());
        assertThat(stream.feed("x").settled()).isEqualTo("Every EMPLOYEE has EMP-12x".length());
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
