package dev.gatehouse.tokens;

/** A model's own tokenizer. Thread-safe. */
public interface Tokenizer {

    /** The tokens of a text, without those that open or close a whole prompt. May take milliseconds, and throw what it likes of a text it refuses. */
    long count(String text);
}
