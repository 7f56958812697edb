package dev.gatehouse.text.content;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.GrowingText;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a scorer about each sentence of an answer. A sentence waits until it has ended: at a full stop, question or exclamation mark before a
 * blank, at a line's end, or after so many characters. A finding is the sentence. Immutable.
 *
 * @param scorer  thread-safe
 * @param longest sentence in UTF-16 units; a longer one is cut
 */
public record ScoredSentences(ContentScorer scorer, int longest) implements StreamingDetector {

    public ScoredSentences {
        if (longest < 16) {
            throw new IllegalArgumentException("a sentence needs at least 16 characters: " + longest);
        }
    }

    @Override
    public DetectorStream open() {
        return new SentenceStream(this);
    }

    private static final class SentenceStream implements DetectorStream {
        private final ScoredSentences asked;
        private final GrowingText text = new GrowingText();
        private int start;
        private int read;

        SentenceStream(ScoredSentences asked) {
            this.asked = asked;
        }

        @Override
        public Progress feed(CharSequence delta) {
            text.append(delta);
            return new Progress(read(), start);
        }

        @Override
        public Progress end() {
            text.end();
            List<Finding> found = read();
            close(text.length(), found);
            return new Progress(found, start);
        }

        private List<Finding> read() {
            List<Finding> found = new ArrayList<>();
            for (; read < text.length(); read++) {
                char c = text.charAt(read);
                boolean stop = Character.isWhitespace(c) && read > start && ".?!\u3002".indexOf(text.charAt(read - 1)) >= 0;
                if (c == '\n' || stop || read + 1 - start >= asked.longest && !Character.isHighSurrogate(c)) {
                    close(read + 1, found);
                }
            }
            text.forgetBefore(start);
            return found;
        }

        private void close(int end, List<Finding> found) {
            String sentence = text.substring(start, end);
            if (!sentence.isBlank()) {
                asked.scorer.score(sentence.strip()).forEach((category, score) -> {
                    if (score > 0) {
                        found.add(new Finding("content", category, score, start, end));
                    }
                });
            }
            start = end;
        }
    }
}
