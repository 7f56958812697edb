package dev.gatehouse.text;

/**
 * Something found in a text. It never carries the matched text itself.
 *
 * @param detector family: {@code pii}, {@code secret}, {@code signature}, {@code pattern}, {@code words}, {@code anomaly}; of answers
 *                 {@code leak}, {@code canary}, {@code exfiltration}, {@code command}, {@code content}, {@code repetition}, {@code length}
 * @param category entity or rule, e.g. {@code EMAIL} or {@code aws-access-key-id}
 * @param score    confidence, 0 to 1
 * @param start    first UTF-16 index in the scanned text
 * @param end      index after the last
 */
public record Finding(String detector, String category, double score, int start, int end) {

    public Finding {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no span: " + start + ".." + end);
        }
    }

    public int length() {
        return end - start;
    }

    public boolean overlaps(Finding other) {
        return start < other.end && other.start < end;
    }

    /** The same finding at another place. */
    public Finding at(int newStart, int newEnd) {
        return new Finding(detector, category, score, newStart, newEnd);
    }
}
