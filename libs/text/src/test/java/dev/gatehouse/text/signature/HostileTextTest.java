package dev.gatehouse.text.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.anomaly.AnomalyDetector;
import dev.gatehouse.text.anomaly.Thresholds;
import dev.gatehouse.text.view.InspectedText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time is compared with that of a text a quarter as long, so that the machine's speed does not matter. */
class HostileTextTest {

    private static final SignatureDetector DETECTOR = SignatureDetector.bundled();
    private static final AnomalyDetector ANOMALY = new AnomalyDetector(Thresholds.DEFAULT);
    private static final int QUARTER = 256 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"a", "a ", "a 1 1 1 ", "a.1.", "ignore ", "ignore all previous ", "ignoreallprevious", "system", "](", "![](http://", "%41", "&#", "&amp;",
            "\\u", "\u200B", "\uDB40\uDC41", "\uDB40", "aGVsbG8g", "aGVsbG8gd29ybGQh ", "414243", "41 ", "-. ", "01", "you you are are ", "\u0430a", "gur lbh ", "alpha bravo ",
            "\u5FFD\u7565", "e\u0301\u0301\u0301", "\n", "<|", "=", "[[[[", "eht uoy 4h4h "})
    void time_grows_in_proportion_to_length(String unit) {
        scan(unit.repeat(4096));
        long small = best(unit.repeat(QUARTER / unit.length()));
        long large = best(unit.repeat(4 * QUARTER / unit.length()));
        assertThat(large).as("nanoseconds for 1 Mi after %d for a quarter", small).isLessThan(12 * small + 200_000_000L);
    }

    @Test
    void a_long_text_that_cannot_be_decoded_within_the_bound_says_so() {
        assertThat(InspectedText.of("Z3VyIGxiaCBhbmQg".repeat(40_000)).complete()).isFalse();
    }

    private static long best(String text) {
        return Math.min(scan(text), scan(text));
    }

    private static long scan(String text) {
        long start = System.nanoTime();
        DETECTOR.scan(text);
        ANOMALY.scan(text);
        return System.nanoTime() - start;
    }
}
