package dev.gatehouse.tokens;

/**
 * Counts a text that arrives in pieces, split anywhere. What it says equals the count of the whole text so far, wherever the borders
 * lie; only a run of more than {@value #LONGEST_RUN} chars without a break is cut. Holds a few chars, never the text. Not for several
 * threads; one for each text (choice, block, tool call).
 */
public final class RunningCount {

    static final int LONGEST_RUN = 512;

    private final Vocabulary vocabulary;
    private final Reading reading;
    private final Tally settled;
    private final StringBuilder pending = new StringBuilder();

    /** How the tokens of a tally become those of the model. */
    interface Reading {
        TokenCount count(Tally tally);
    }

    RunningCount(Vocabulary vocabulary, Reading reading) {
        this.vocabulary = vocabulary;
        this.reading = reading;
        this.settled = Tally.unbounded(vocabulary);
    }

    /** Takes the next piece of the text. */
    public void add(String text) {
        for (int at = 0; at < text.length(); at += LONGEST_RUN) {
            pending.append(text, at, Math.min(at + LONGEST_RUN, text.length()));
            settle();
        }
    }

    /** Later text can change the last two pieces, no more: a contraction, a capital that turns out to begin a word, a line end. */
    private void settle() {
        String text = pending.toString();
        int at = 0;
        int next = end(text, at);
        int afterNext = end(text, next);
        while (afterNext < text.length()) {
            settled.piece(text, at, next);
            at = next;
            next = afterNext;
            afterNext = end(text, afterNext);
        }
        if (text.length() - at > LONGEST_RUN) {
            settled.piece(text, at, text.length());
            at = text.length();
        }
        pending.delete(0, at);
    }

    private int end(String text, int from) {
        return from < text.length() ? vocabulary.split().end(text, from) : from;
    }

    /** The tokens of everything added so far. */
    public TokenCount count() {
        return reading.count(settled.with(pending.toString()));
    }
}
