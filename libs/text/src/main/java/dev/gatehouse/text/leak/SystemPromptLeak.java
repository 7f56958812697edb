package dev.gatehouse.text.leak;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds stretches of the request's own system text in the answer: words in a row as the system text has them, whatever their case, blanks
 * and punctuation, also shifted by ROT13. A paraphrase or a translation is not found. Made for one request; immutable.
 *
 * <p>The first {@value #FREE} words of a leak pass and are not part of the finding: otherwise every "you are" would wait. A leak of more than
 * {@value #PIECE} words is several findings, one beside the other.
 */
public final class SystemPromptLeak implements StreamingDetector {

    /** Words of a leak that pass. */
    static final int FREE = 2;
    /** Words of one finding. */
    static final int PIECE = 64;

    private static final int MOST_WORDS = 20_000;

    private final List<WordRuns> texts;
    private final int minimumWords;

    /**
     * @param systemText   of the request; its first 20,000 words are compared
     * @param minimumWords how many words in a row make a leak, 3 to 64; a shorter system text is none however much of it is told
     */
    public SystemPromptLeak(String systemText, int minimumWords) {
        if (minimumWords <= FREE || minimumWords > 64) {
            throw new IllegalArgumentException("minimumWords is not 3 to 64: " + minimumWords);
        }
        this.minimumWords = minimumWords;
        texts = List.of(WordRuns.of(Words.of(systemText, MOST_WORDS)), WordRuns.of(Words.of(rot13(systemText), MOST_WORDS)));
    }

    @Override
    public DetectorStream open() {
        return new LeakStream(texts.stream().map(text -> new LeakStream.Track(text, minimumWords)).toList());
    }

    private static String rot13(String text) {
        StringBuilder shifted = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char letter = (char) (c | 0x20);
            if (letter >= 'a' && letter <= 'z') {
                shifted.setCharAt(i, (char) (c + (letter < 'n' ? 13 : -13)));
            }
        }
        return shifted.toString();
    }

    /** Shows the minimum, never the text. */
    @Override
    public String toString() {
        return "SystemPromptLeak[" + minimumWords + " words]";
    }

    /** One answer. */
    private static final class LeakStream implements DetectorStream, Words.Reader {
        private final List<Track> tracks;
        private final Words words = new Words(this);
        private List<Finding> found = new ArrayList<>();
        private int length;

        LeakStream(List<Track> tracks) {
            this.tracks = tracks;
        }

        @Override
        public Progress feed(CharSequence delta) {
            for (int i = 0; i < delta.length(); i++) {
                words.read(delta.charAt(i), length++);
            }
            return progress();
        }

        @Override
        public Progress end() {
            words.close(length);
            gap();
            return progress();
        }

        @Override
        public void word(long hash, int start, int end) {
            tracks.forEach(track -> track.word(hash, start, end, found));
        }

        @Override
        public void gap() {
            tracks.forEach(track -> track.close(found));
        }

        private Progress progress() {
            int settled = length;
            int open = words.open() < 0 ? length : words.open();
            for (Track track : tracks) {
                settled = Math.min(settled, track.settled(open, length));
            }
            List<Finding> certain = found;
            found = new ArrayList<>();
            return new Progress(certain, settled);
        }

        /** The answer beside one text. */
        private static final class Track {
            private static final int KEPT = 256;

            private final WordRuns text;
            private final int minimum;
            private final int[] starts = new int[KEPT];
            private WordRuns.Place place = WordRuns.Place.START;
            private int count;
            private boolean leaking;
            /** Number of the word that the open finding starts with. */
            private int from;
            private int leakEnd;

            Track(WordRuns text, int minimum) {
                this.text = text;
                this.minimum = minimum;
            }

            void word(long hash, int start, int end, List<Finding> found) {
                place = text.next(place, hash);
                starts[count % KEPT] = start;
                count++;
                if (place.length() < minimum) {
                    finish(found);
                } else {
                    leak(end, found);
                }
            }

            private void leak(int end, List<Finding> found) {
                from = leaking ? from : Math.max(from, count - place.length() + FREE);
                leaking = true;
                leakEnd = end;
                if (count - from >= PIECE) {
                    add(found);
                }
            }

            void close(List<Finding> found) {
                finish(found);
                place = WordRuns.Place.START;
            }

            private void finish(List<Finding> found) {
                if (leaking && from < count) {
                    add(found);
                }
                leaking = false;
            }

            private void add(List<Finding> found) {
                int start = starts[from % KEPT];
                if (leakEnd > start) {
                    found.add(new Finding("leak", "system-prompt", 1, start, leakEnd));
                }
                from = count;
            }

            int settled(int openWord, int length) {
                int first = leaking ? from : Math.max(from, count - place.length() + FREE);
                if (first < count) {
                    return starts[first % KEPT];
                }
                return leaking || place.length() >= FREE ? openWord : length;
            }
        }
    }
}
