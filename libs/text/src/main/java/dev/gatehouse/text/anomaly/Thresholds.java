package dev.gatehouse.text.anomaly;

/**
 * From where a measure counts as an anomaly.
 *
 * @param entropy        bits per ASCII character; English has about 4.3, base64 about 5.9
 * @param invisibleShare invisible characters per character (code points), emoji joiners not counted
 * @param repetition     share of eight-character stretches that occurred before in the text
 * @param symbolRun      length of a run of at least six different symbols, in UTF-16 units
 * @param mixedWords     number of words that mix Latin with look-alike scripts
 * @param length         length of the text in UTF-16 units
 * @param shortest       length below which entropy and repetition are not measured
 */
public record Thresholds(double entropy, double invisibleShare, double repetition, int symbolRun, int mixedWords, int length, int shortest) {

    /** 5.5 bits, 3 %, 60 %, 24 symbols, 2 words, 200,000 characters; nothing measured below 200 characters. */
    public static final Thresholds DEFAULT = new Thresholds(5.5, 0.03, 0.6, 24, 2, 200_000, 200);

    public Thresholds {
        if (entropy <= 0 || invisibleShare <= 0 || repetition <= 0 || symbolRun < 1 || mixedWords < 1 || length < 1 || shortest < 1) {
            throw new IllegalArgumentException("a threshold is not positive");
        }
    }
}
