package dev.gatehouse.text.shape;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.List;

/**
 * Finds the place where a text gets too long: the first character past the bound. Immutable.
 *
 * @param maxCharacters code points that are allowed, at least 1
 */
public record AnswerLength(int maxCharacters) implements StreamingDetector {

    public AnswerLength {
        if (maxCharacters < 1) {
            throw new IllegalArgumentException("maxCharacters is not positive: " + maxCharacters);
        }
    }

    @Override
    public DetectorStream open() {
        return new LengthStream(maxCharacters);
    }

    private static final class LengthStream implements DetectorStream {
        private final int most;
        private int characters;
        private int length;
        private boolean afterHigh;

        LengthStream(int most) {
            this.most = most;
        }

        @Override
        public Progress feed(CharSequence delta) {
            List<Finding> found = List.of();
            for (int i = 0; i < delta.length(); i++, length++) {
                char c = delta.charAt(i);
                boolean second = afterHigh && Character.isLowSurrogate(c);
                afterHigh = Character.isHighSurrogate(c);
                characters += second ? 0 : 1;
                if (!second && characters == most + 1) {
                    found = List.of(new Finding("length", "too-long", 1, length, length + 1));
                }
            }
            return new Progress(found, length);
        }

        @Override
        public Progress end() {
            return new Progress(List.of(), length);
        }
    }
}
