package dev.gatehouse.text.view;

/** Where the characters of a reading stand in the original, by UTF-16 index. */
public sealed interface OffsetMap {

    OffsetMap IDENTITY = new Identity();

    /** First index in the original of the reading's character {@code index}. */
    int start(int index);

    /** Index in the original after the reading's character {@code index}. */
    int end(int index);

    /** The stretch of the original that the reading's {@code start..end} was made of. An empty stretch stays empty. */
    default Span span(int start, int end) {
        if (end <= start) {
            return new Span(start(start), start(start));
        }
        int last = end - 1;
        return new Span(Math.min(start(start), start(last)), Math.max(end(start), end(last)));
    }

    /** The reading is the original. */
    record Identity() implements OffsetMap {
        @Override
        public int start(int index) {
            return index;
        }

        @Override
        public int end(int index) {
            return index + 1;
        }
    }

    /** The whole reading was made of one stretch of the original, as a decoded payload is. */
    record Whole(int from, int to) implements OffsetMap {
        @Override
        public int start(int index) {
            return from;
        }

        @Override
        public int end(int index) {
            return to;
        }
    }

    /** The reading is the original backwards. */
    record Backwards(int length) implements OffsetMap {
        @Override
        public int start(int index) {
            return Math.max(0, length - 1 - index);
        }

        @Override
        public int end(int index) {
            return length - index;
        }
    }

    /** Each character has a place of its own. An index past the last one stands after the last one's end. */
    record Each(int[] starts, int[] ends, int length) implements OffsetMap {
        @Override
        public int start(int index) {
            return index < length ? starts[index] : length == 0 ? 0 : ends[length - 1];
        }

        @Override
        public int end(int index) {
            return ends[index];
        }
    }

    /** A reading of a reading: {@code first} leads to the middle one, {@code then} from there to the original. */
    record Composed(OffsetMap first, OffsetMap then) implements OffsetMap {
        @Override
        public int start(int index) {
            Span middle = first.span(index, index + 1);
            return then.span(middle.start(), middle.end()).start();
        }

        @Override
        public int end(int index) {
            Span middle = first.span(index, index + 1);
            return then.span(middle.start(), middle.end()).end();
        }
    }
}
