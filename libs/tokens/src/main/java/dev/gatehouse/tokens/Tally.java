package dev.gatehouse.tokens;

/**
 * Counts texts of one request with one vocabulary, within a bound of work: pieces not seen before are looked up until
 * {@value #LOOKED_UP} of their chars have been, the rest is estimated by what those were. Texts of more than {@value #WHOLE} chars are
 * counted in {@value #SAMPLES} samples spread over them. Not for several threads.
 */
final class Tally {

    static final int LOOKED_UP = 24_000;
    static final int WHOLE = 256_000;
    static final int SAMPLES = 64;
    /** Longer pieces are counted in parts of this size: a vocabulary has hardly a token that crosses. */
    static final int LONGEST_PIECE = 128;

    private final Vocabulary vocabulary;
    private final int mostLookedUp;
    private final double[] byScript;
    private long lookedUpChars;
    private long lookedUpTokens;
    private boolean exact;

    private Tally(Vocabulary vocabulary, int mostLookedUp, double[] byScript, boolean exact) {
        this.vocabulary = vocabulary;
        this.mostLookedUp = mostLookedUp;
        this.byScript = byScript;
        this.exact = exact;
    }

    /** For the texts of one request, which waits. */
    static Tally bounded(Vocabulary vocabulary) {
        return new Tally(vocabulary, LOOKED_UP, new double[Script.COUNT], true);
    }

    /** For a text that comes in pieces, each of them short. */
    static Tally unbounded(Vocabulary vocabulary) {
        return new Tally(vocabulary, Integer.MAX_VALUE, new double[Script.COUNT], true);
    }

    /** This tally with more text, which leaves this one as it is. */
    Tally with(String text) {
        Tally more = new Tally(vocabulary, mostLookedUp, byScript.clone(), exact);
        more.add(text);
        return more;
    }

    void add(String text) {
        if (text.length() <= WHOLE) {
            add(text, 1);
        } else {
            exact = false;
            sample(text);
        }
    }

    private void sample(String text) {
        int size = WHOLE / SAMPLES;
        for (int i = 0; i < SAMPLES; i++) {
            int from = (int) ((long) (text.length() - size) * i / (SAMPLES - 1));
            add(text.substring(from, from + size), (double) text.length() / WHOLE);
        }
    }

    private void add(String text, double weight) {
        int at = 0;
        while (at < text.length()) {
            int next = vocabulary.split().end(text, at);
            piece(text, at, next, weight);
            at = next;
        }
    }

    /** Counts one piece that the vocabulary's rules cut out. */
    void piece(String text, int from, int end) {
        piece(text, from, end, 1);
    }

    private void piece(String text, int from, int end, double weight) {
        for (int at = from; at < end; at += LONGEST_PIECE) {
            int partEnd = Math.min(at + LONGEST_PIECE, end);
            exact &= partEnd == end && at == from;
            double tokens = tokens(text, at, partEnd);
            byScript[Script.of(text, at, partEnd, (int) tokens).ordinal()] += tokens * weight;
        }
    }

    private double tokens(String text, int from, int end) {
        long hash = vocabulary.cache().hash(text, from, end);
        int known = vocabulary.cache().tokens(hash);
        if (known != PieceCache.UNKNOWN) {
            return known;
        }
        if (lookedUpChars >= mostLookedUp) {
            exact = false;
            return (double) lookedUpTokens / lookedUpChars * (end - from);
        }
        int tokens = vocabulary.encode(text.substring(from, end));
        vocabulary.cache().put(hash, tokens);
        lookedUpChars += end - from;
        lookedUpTokens += tokens;
        return tokens;
    }

    boolean exact() {
        return exact;
    }

    /** Tokens of the vocabulary itself. */
    long tokens() {
        double sum = 0;
        for (double tokens : byScript) {
            sum += tokens;
        }
        return Math.round(sum);
    }

    /** Tokens of another family, by its rate for each script. */
    double weighed(double[] rates) {
        double sum = 0;
        for (int i = 0; i < Script.COUNT; i++) {
            sum += byScript[i] * rates[i];
        }
        return sum;
    }
}
