package dev.gatehouse.text.view;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs a detector over several readings of a text that grows, and places what it finds in the original: the text as it comes, its
 * canonical reading (escapes, compatibility forms, invisible characters, accents, look-alikes undone) and what base64 or hexadecimal runs
 * decode to. The canonical reading costs nothing until a character differs. Readings that need a whole text are not made: letters set
 * apart, ciphers, reversal. Immutable.
 *
 * @param detector what to run
 */
public record StreamedReadings(StreamingDetector detector) implements StreamingDetector {

    /** How much before the first difference the canonical reading begins. */
    private static final int TAIL = 1024;
    private static final int PIECE = 1024;
    /** Invisible characters in a row that part words: text must not wait for as many as a model likes to write. */
    private static final int LONGEST_GAP = 256;

    @Override
    public DetectorStream open() {
        return new Readings(detector);
    }

    /** One text. */
    private static final class Readings implements DetectorStream, GrowingCanonical.Sink {
        private final StreamingDetector detector;
        private final DetectorStream original;
        private final GrowingCanonical canonical = new GrowingCanonical(this);
        private final GrowingRuns runs = new GrowingRuns();
        private final StringBuilder tail = new StringBuilder();
        private final StringBuilder reading = new StringBuilder();
        private final Set<Finding> given = new HashSet<>();
        private final Places places = new Places();
        private List<Finding> found = new ArrayList<>();
        private DetectorStream second;
        private int originalSettled;
        private int secondSettled;
        private int length;
        private int vanished;
        private int settled;

        Readings(StreamingDetector detector) {
            this.detector = detector;
            original = detector.open();
        }

        @Override
        public Progress feed(CharSequence delta) {
            for (int from = 0; from < delta.length(); from += PIECE) {
                read(delta.subSequence(from, Math.min(delta.length(), from + PIECE)));
            }
            return progress();
        }

        @Override
        public Progress end() {
            takeOriginal(original.end());
            runs.end().forEach(this::decoded);
            canonical.end();
            if (second != null) {
                takeSecond(second.feed(read()));
                takeSecond(second.end());
            }
            settled = length;
            return given();
        }

        private void read(CharSequence piece) {
            takeOriginal(original.feed(piece));
            for (int i = 0; i < piece.length(); i++) {
                char c = piece.charAt(i);
                length++;
                runs.read(c).forEach(this::decoded);
                canonical.read(c);
            }
            if (second != null) {
                takeSecond(second.feed(read()));
            }
        }

        private String read() {
            String read = reading.toString();
            reading.setLength(0);
            return read;
        }

        @Override
        public void put(char c, int from, int to, boolean changed) {
            vanished = 0;
            if (changed) {
                begin(from);
            }
            if (second == null) {
                tail.append(c);
                if (tail.length() >= 4 * TAIL) {
                    tail.delete(0, tail.length() - TAIL);
                }
            } else {
                reading.append(c);
                places.add(from, to);
            }
        }

        @Override
        public void vanish(int from, int to) {
            begin(from);
            vanished += to - from;
            if (vanished >= LONGEST_GAP) {
                put(' ', from, to, true);
            }
        }

        /** Starts the canonical reading: up to here it is the original, and what that has is known. */
        private void begin(int from) {
            if (second == null) {
                second = detector.open();
                String same = tail.substring(Math.max(0, tail.length() - TAIL));
                for (int i = 0; i < same.length(); i++) {
                    places.add(from - same.length() + i, from - same.length() + i + 1);
                }
                secondSettled = second.feed(same).settled();
                tail.setLength(0);
            }
        }

        private void takeOriginal(Progress progress) {
            originalSettled = progress.settled();
            progress.findings().forEach(this::give);
        }

        private void takeSecond(Progress progress) {
            secondSettled = progress.settled();
            progress.findings().forEach(finding -> give(places.original(finding)));
            places.forgetBefore(secondSettled);
        }

        private void decoded(GrowingRuns.Decoded run) {
            detector.scan(run.text()).forEach(finding -> give(finding.at(run.from(), run.to())));
        }

        private void give(Finding finding) {
            if (given.add(finding)) {
                found.add(finding);
            }
        }

        /** While a character waits that the canonical reading may not have, what the original settles after it is not believed. */
        private Progress progress() {
            int read = canonical.done();
            int same = read == length ? length : settled;
            int canonicalSettled = second == null ? same : places.start(secondSettled, read);
            settled = Math.max(settled, Math.min(Math.min(originalSettled, runs.done()), canonicalSettled));
            return given();
        }

        private Progress given() {
            List<Finding> certain = found;
            found = new ArrayList<>();
            given.removeIf(finding -> finding.start() < settled);
            return new Progress(certain, settled);
        }
    }

    /** Where the characters of the canonical reading stand in the original. */
    private static final class Places {
        private int[] starts = new int[256];
        private int[] ends = new int[256];
        private int base;
        private int size;

        void add(int from, int to) {
            if (size - base == starts.length) {
                starts = Arrays.copyOf(starts, 2 * size - 2 * base);
                ends = Arrays.copyOf(ends, 2 * size - 2 * base);
            }
            starts[size - base] = from;
            ends[size++ - base] = to;
        }

        int start(int index, int beyond) {
            return index < size ? starts[index - base] : beyond;
        }

        Finding original(Finding finding) {
            return finding.at(starts[finding.start() - base], ends[finding.end() - 1 - base]);
        }

        void forgetBefore(int index) {
            int gone = Math.min(index, size) - base;
            if (gone > 256 && gone > (size - base) / 2) {
                System.arraycopy(starts, gone, starts, 0, size - base - gone);
                System.arraycopy(ends, gone, ends, 0, size - base - gone);
                base += gone;
            }
        }
    }
}
