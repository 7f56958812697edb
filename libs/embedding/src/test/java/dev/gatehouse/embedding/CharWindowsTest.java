package dev.gatehouse.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CharWindowsTest {

    private final CharWindows windows = new CharWindows(200);

    @Test
    void aShortTextIsOneWindow() {
        assertThat(windows.of("a".repeat(200))).containsExactly("a".repeat(200));
    }

    @Test
    void aLongTextIsCutAtBlanksAndOverlaps() {
        List<String> pieces = windows.of("some words ".repeat(100));
        assertThat(pieces).allSatisfy(piece -> {
            assertThat(piece.length()).isLessThanOrEqualTo(200);
            assertThat(piece).matches("(some |words )+");
        });
        assertThat(pieces.stream().mapToInt(String::length).sum()).isGreaterThan(1100);
    }

    @Test
    void noPairOfSurrogatesIsCut() {
        for (String text : List.of("\uD83D\uDE00".repeat(500), "a" + "\uD83D\uDE00".repeat(500))) {
            assertThat(windows.of(text)).allSatisfy(piece -> {
                assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
                assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1))).isFalse();
            });
        }
    }
}
