package dev.gatehouse.llm.json;

import java.util.Arrays;

/**
 * The values of a document in the order of its text. A key is an entry before its value, a container is followed by its content,
 * and {@code next} is the entry after all of that.
 */
final class Tape {

    private static final JsonValue.Kind[] KINDS = JsonValue.Kind.values();

    private byte[] kinds = new byte[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int[] nexts = new int[64];
    private int size;

    int add(JsonValue.Kind kind, int start, int end) {
        if (size == kinds.length) {
            grow();
        }
        kinds[size] = (byte) kind.ordinal();
        starts[size] = start;
        ends[size] = end;
        nexts[size] = size + 1;
        return size++;
    }

    private void grow() {
        int capacity = size * 2;
        kinds = Arrays.copyOf(kinds, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        nexts = Arrays.copyOf(nexts, capacity);
    }

    void close(int container, int end) {
        ends[container] = end;
        nexts[container] = size;
    }

    int size() {
        return size;
    }

    JsonValue.Kind kind(int entry) {
        return KINDS[kinds[entry]];
    }

    int start(int entry) {
        return starts[entry];
    }

    int end(int entry) {
        return ends[entry];
    }

    int next(int entry) {
        return nexts[entry];
    }
}
