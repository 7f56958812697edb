package dev.gatehouse.tokens;

/**
 * Counts texts of one request with one vocabulary, within a bound of work: pieces not seen before are looked up until
 * about {@value #MOST_LOOKED_UP} of their bytes have been, the rest is estimated by what those were. Texts of more than {@value #WHOLE} chars are
 * counted in {@value #SAMPLES} samples spread over them. Not for several threads.
 */
final class Tally {

    static final int MOST_LOOKED_UP = 20_000;
    static final int WHOLE = 256_000;
    static final int SAMPLES = 64;
    /** Longer pieces are counted in parts of this size: a vocabulary has hardly a token that crosses. */
    static final int LONGEST_PIECE = 128;

    private final Vocabulary vocabulary;
    private final int mostLookedUp;
    /** Tokens of each script, then chars of each. */
    private final double[] byScript;
    private long lookedUp;
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
        return new Tally(vocabulary, MOST_LOOKED_UP, new double[2 * Script.COUNT], true);
    }

    /** For answers, which nobody waits for, and which come in short pieces. */
    static Tally unbounded(Vocabulary vocabulary) {
        return new Tally(vocabulary, Integer.MAX_VALUE, new double[2 * Script.COUNT], true);
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
            Script script = Script.of(text, at, partEnd, (int) tokens);
            byScript[script.ordinal()] += tokens * weight;
            byScript[Script.COUNT + script.ordinal()] += (partEnd - at) * weight;
        }
    }

    private double tokens(String text, int from, int end) {
        long hash = vocabulary.cache().hash(text, from, end);
        int known = vocabulary.cache().tokens(hash);
        if (known != PieceCache.UNKNOWN) {
            return known;
        }
        if (lookedUp >= mostLookedUp) {
            exact = false;
            return (double) lookedUpTokens / lookedUp * weight(text, from, end);
        }
        int tokens = vocabulary.encode(text.substring(from, end));
        vocabulary.cache().put(hash, tokens);
        lookedUp += weight(text, from, end);
        lookedUpTokens += tokens;
        return tokens;
    }

    /** Bytes, roughly: what looking up takes time for, and what tokens grow with. */
    private static int weight(String text, int from, int end) {
        return text.charAt(end - 1) < 0x80 ? end - from : 3 * (end - from);
    }

    boolean exact() {
        return exact;
    }

    /** Tokens of the vocabulary itself. */
    long tokens() {
        double sum = 0;
        for (int i = 0; i < Script.COUNT; i++) {
            sum += byScript[i];
        }
        return Math.round(sum);
    }

    /** Tokens of another family, by its rates for a token and a char of each script. */
    double weighed(double[] rates) {
        double sum = 0;
        for (int i = 0; i < byScript.length; i++) {
            sum += byScript[i] * rates[i];
        }
        return sum;
    }
}
