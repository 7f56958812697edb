package dev.gatehouse.embedding;

import java.time.Duration;

/**
 * The pool around an encoder.
 *
 * @param threads     that encode; with an encoder in this process no more than the cores that it may have
 * @param queue       texts that may wait; more are refused at once
 * @param deadline    the longest that a caller waits
 * @param maxWindows  pieces of a long text; a longer one is refused
 * @param recentTexts vectors kept, by keyed hash of their text; 0 for none
 */
public record EmbedderSettings(int threads, int queue, Duration deadline, int maxWindows, int recentTexts) {

    /** Half the cores, 64 waiting, 500 ms, 16 windows (about 3,500 tokens), 10,000 recent texts (about 7 MB). */
    public static final EmbedderSettings STANDARD = new EmbedderSettings(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2), 64, Duration.ofMillis(500), 16, 10_000);

    // An English text of the most windows has half of this; beyond it not even tokens are counted.
    private static final int CHARS_OF_WINDOW = 2048;

    public EmbedderSettings {
        if (threads < 1 || threads > 256 || queue < 1 || maxWindows < 1 || maxWindows > 256 || recentTexts < 0) {
            throw new IllegalArgumentException("threads must be 1 to 256, queue at least 1, maxWindows 1 to 256, recentTexts at least 0");
        }
        if (deadline.toMillis() < 1) {
            throw new IllegalArgumentException("the deadline must be at least 1 ms, is " + deadline);
        }
    }

    public EmbedderSettings withDeadline(Duration longest) {
        return new EmbedderSettings(threads, queue, longest, maxWindows, recentTexts);
    }

    /** The longest text, in UTF-16 code units. */
    int maxChars() {
        return maxWindows * CHARS_OF_WINDOW;
    }
}
