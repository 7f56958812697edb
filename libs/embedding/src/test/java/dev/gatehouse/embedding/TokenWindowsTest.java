package dev.gatehouse.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TokenWindowsTest {

    private static final Encoder ENCODER = Encoder.open(new EncoderSettings.Shipped(ShippedEncoder.ALL_MINILM_L6_V2_Q, 1));
    private static final List<String> WORDS = List.of("house", "antidisestablishmentarianism", "50", "+", "naïve", "cafe\u0301", "\uD83D\uDE00",
            "\u5b57\u5b57", "x\u200by", "https://example.com/a?b=c", "\n", "[SEP]", "don't");

    @AfterAll
    static void close() {
        ENCODER.close();
    }

    @Test
    void aShortTextIsOneWindow() {
        String text = "word ".repeat(254);
        assertThat(ENCODER.windows(text)).containsExactly(text);
        assertThat(ENCODER.windows(text + "word")).hasSize(2);
    }

    @Test
    void noCharacterIsLeftOut() {
        for (int seed = 0; seed < 50; seed++) {
            String text = randomText(new Random(seed), 200 + 20 * seed);
            int covered = 0;
            for (String window : ENCODER.windows(text)) {
                int at = text.indexOf(window, Math.max(0, covered - window.length()));
                assertThat(at).as("seed %d: a window is a part of the text, and leaves no gap", seed).isBetween(0, covered);
                covered = at + window.length();
            }
            assertThat(covered).as("seed %d", seed).isEqualTo(text.length());
        }
    }

    @Test
    void windowsOverlapAndBeginWithAWord() {
        String text = IntStream.range(0, 1000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        List<String> windows = ENCODER.windows(text);
        for (int i = 1; i < windows.size(); i++) {
            String first = windows.get(i).split(" ")[0];
            assertThat(first).startsWith("word");
            assertThat(windows.get(i - 1)).contains(first + " ");
        }
    }

    private static String randomText(Random random, int words) {
        return IntStream.range(0, words).mapToObj(i -> WORDS.get(random.nextInt(WORDS.size()))).collect(Collectors.joining(" "));
    }
}
