package dev.gatehouse.text.view;

import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.StreamingDetector;

/**
 * Looks for what a detector finds in a growing text, and in the text as it reads to people: invisible characters gone, compatibility forms,
 * accents and look-alikes plain, as in the canonical reading. Findings lie in the text as it came and cover what hides in them. What only a
 * longer look could undo (spaced-out letters, escapes, encodings) is left as it is.
 *
 * @param detector what to look for
 */
public record FoldedDetector(StreamingDetector detector) implements StreamingDetector {

    @Override
    public DetectorStream open() {
        return new FoldedStream(detector);
    }
}
