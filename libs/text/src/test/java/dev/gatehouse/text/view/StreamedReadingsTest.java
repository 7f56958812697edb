package dev.gatehouse.text.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.Overlaps;
import dev.gatehouse.text.pattern.WordList;
import dev.gatehouse.text.pii.Entity;
import dev.gatehouse.text.pii.PiiDetector;
import dev.gatehouse.text.stream.AnswerRule;
import dev.gatehouse.text.stream.AnswerRules;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.Splits;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamedReadingsTest {

    private static final List<String> PIECES = List.of("anna@example.org", "an\u200Bna@exam\u00ADple.org", "\uFF41nna\uFF20example\uFF0Eorg", "4111 1111 1111 1111", "\u0430nna@ex\u0430mple.org",
            "&#97;nna&#64;example.org", "anna%40example.org", "YW5uYUBleGFtcGxlLm9yZyBhbmQgbW9yZQ==", "616e6e61406578616d706c652e6f7267", "falcon", "f\u0430lcon", "f\u200Dalcon", "\uD835\uDC1Falcon",
            "caf\u00e9", "\u041F\u0440\u0438\u0432\u0435\u0442", "\uD83D\uDE00", " ", ", ", "\n", "&amp", "100% of", "a\\u0066b", "\\", "R&D", "phone: ", "AAAA".repeat(40), "\u201Cso\u201D", "\uD83D", "\u0441\u043E");

    private final StreamedReadings pii = new StreamedReadings(new PiiDetector(Entity.all(), PiiDetector.DEFAULT_PHONE_REGIONS, 0.5));
    private final StreamedReadings words = new StreamedReadings(new WordList("word", List.of("falcon"), new WordList.Matching(false, true)));

    private static String masked(StreamedReadings detector, String text) {
        return AnswerRules.redacting(List.of(new AnswerRule("r", detector, 0.5, AnswerRule.Action.MASK))).whole(text).text();
    }

    @Test
    void disguises_do_not_help() {
        for (String disguised : PIECES.subList(1, 3)) {
            assertThat(masked(pii, "Write to " + disguised + ".")).isEqualTo("Write to [REDACTED_EMAIL].");
        }
        for (String disguised : List.of("\u0430nna@ex\u0430mple.org", "&#97;nna&#64;example.org", "anna%40example.org", "YW5uYUBleGFtcGxlLm9yZyBhbmQgbW9yZQ==", "616e6e61406578616d706c652e6f7267")) {
            assertThat(masked(pii, "Write to " + disguised + " .")).as(disguised).isEqualTo("Write to [REDACTED_EMAIL] .");
        }
        assertThat(masked(words, "The f\u0430lcon, the f\u200Dalcon and the \uD835\uDC1Falcon.")).isEqualTo("The [REDACTED_WORD], the [REDACTED_WORD] and the [REDACTED_WORD].");
    }

    @Test
    void finds_the_same_however_a_text_is_cut() {
        Random random = new Random(9);
        for (int i = 0; i < 1500; i++) {
            StringBuilder made = new StringBuilder();
            for (int n = random.nextInt(9); n >= 0; n--) {
                made.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String text = made.toString();
            for (StreamedReadings detector : List.of(pii, words)) {
                List<Finding> whole = Splits.findings(detector, text);
                assertThat(Splits.findings(detector, text, Splits.every(text.length()))).as(text).isEqualTo(whole);
                assertThat(Splits.findings(detector, text, Splits.random(random, text.length()))).as(text).isEqualTo(whole);
            }
        }
    }

    @Test
    void finds_what_the_readings_of_a_whole_text_have() {
        EvasionScan whole = EvasionScan.ofData(pii.detector());
        for (String text : List.of("Mail an\u200Bna@example.org now", "Card: \uFF14111 1111 1111 1111!", "&#97;nna@example.org", "x YW5uYUBleGFtcGxlLm9yZw== y")) {
            assertThat(Overlaps.strongest(pii.scan(text))).as(text).isEqualTo(whole.scan(InspectedText.of(text)));
        }
    }

    @Test
    void plain_words_do_not_wait_longer_than_they_last() {
        DetectorStream stream = words.open();
        assertThat(stream.feed("An internationalisation of 100% of \u201Call\u201D we").settled()).isGreaterThanOrEqualTo("An internationalisation of 100% of \u201Call\u201D ".length());
    }
}
