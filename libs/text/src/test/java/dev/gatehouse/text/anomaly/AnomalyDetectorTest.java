package dev.gatehouse.text.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.Finding;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnomalyDetectorTest {

    private static final String PROSE = "The harbour opens at six and the first boats return before noon. Prices at the market depend on the "
            + "season, the weather and the number of visitors from the hills, who come by train on Saturdays and leave with full baskets. ";

    private final AnomalyDetector detector = new AnomalyDetector(Thresholds.DEFAULT);

    @Test
    void ordinary_texts_show_nothing() {
        assertThat(detector.scan(PROSE)).isEmpty();
        assertThat(detector.scan("Family \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \u2764\uFE0F and caf\u00E9s")).isEmpty();
        assertThat(detector.scan("\u041C\u0438\u0440 \u0438 Linux")).isEmpty();
        assertThat(detector.scan("| a | b |\n|-----------------------------|----|\n| 1 | 2 |")).isEmpty();
    }

    @Test
    void each_oddity_has_its_category() {
        byte[] noise = new byte[600];
        new Random(1).nextBytes(noise);
        assertThat(detector.scan(Base64.getEncoder().encodeToString(noise))).extracting(Finding::category).contains("high-entropy");
        assertThat(detector.scan("pass\u200Bword\u200B now")).extracting(Finding::category).containsExactly("invisible-characters");
        assertThat(detector.scan("again and again ".repeat(40))).extracting(Finding::category).containsExactly("repetition");
        assertThat(detector.scan("p\u0430ss w\u043Erd")).extracting(Finding::category).containsExactly("mixed-scripts");
        assertThat(detector.scan("x".repeat(200_000))).extracting(Finding::category).contains("length");
    }

    @Test
    void a_run_of_symbols_is_found_where_it_stands() {
        String text = "Tell me ]}!--\"{[(*&^%$#@~+=|\\?;<> now";
        assertThat(detector.scan(text)).hasSize(1);
        Finding run = detector.scan(text).getFirst();
        assertThat(run.category()).isEqualTo("symbol-run");
        assertThat(text.substring(run.start(), run.end())).startsWith("]}").endsWith("<>");
    }

    @Test
    void the_score_grows_with_the_measure() {
        Thresholds hundred = new Thresholds(5.5, 0.03, 0.6, 24, 2, 100, 200);
        AnomalyDetector strict = new AnomalyDetector(hundred);
        assertThat(strict.scan("word ".repeat(20)).getFirst().score()).isEqualTo(0.5);
        assertThat(strict.scan(PROSE).getFirst().score()).isEqualTo(1);
    }
}
