package dev.gatehouse.text.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvasionTest {

    private static final SignatureDetector DETECTOR = SignatureDetector.bundled();

    static Stream<String> evasions() {
        return Evasions.all().keySet().stream();
    }

    @Test
    void every_attack_is_found_in_the_clear() {
        assertThat(Attacks.CLEAR).allMatch(EvasionTest::blocks);
    }

    @ParameterizedTest
    @MethodSource("evasions")
    void a_disguised_attack_is_found_as_often_as_a_clear_one(String evasion) {
        assertThat(missed(Evasions.all().get(evasion))).as(evasion).hasSizeLessThanOrEqualTo((int) (Attacks.CLEAR.size() * 0.15));
    }

    @Test
    void attacks_in_rarer_languages_and_mixed_ones_are_found() {
        assertThat(Attacks.FOREIGN.stream().filter(attack -> !blocks(attack))).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void the_same_disguises_of_harmless_texts_pass() {
        List<String> harmless = List.of("Write a limerick about a mouse that loves cheese, please.",
                "What are the opening hours of the museum in the old town?",
                "Explain how a heat pump works to a child of ten years.");
        for (Map.Entry<String, UnaryOperator<String>> evasion : Evasions.all().entrySet()) {
            if (!evasion.getKey().startsWith("21")) {
                assertThat(harmless.stream().map(evasion.getValue()).filter(EvasionTest::blocks)).as(evasion.getKey()).isEmpty();
            }
        }
    }

    private static List<String> missed(UnaryOperator<String> evasion) {
        return Attacks.CLEAR.stream().filter(attack -> !blocks(evasion.apply(attack))).toList();
    }

    private static boolean blocks(String text) {
        return DETECTOR.scan(text).stream().anyMatch(finding -> finding.score() >= SignatureDetector.BLOCK);
    }
}
