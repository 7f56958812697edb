package dev.gatehouse.llm.answer;

/**
 * Edits one text as it comes. What it gives for a text must not depend on how the text was split: the same text may come again as a
 * whole (OpenAI's Responses), and the client would read two versions. Called from one thread at a time.
 */
public interface StrandEditor {

    /** Gives all back as it comes. */
    StrandEditor PASSING = new StrandEditor() {
        @Override
        public String feed(String delta) {
            return delta;
        }

        @Override
        public String end() {
            return "";
        }
    };

    /**
     * Takes the next piece of the text; it may begin or end inside a surrogate pair.
     *
     * @return what the client may read now: the piece, with what was held before it, or less; empty while all is held
     */
    String feed(String delta);

    /**
     * The text has ended; called once.
     *
     * @return what is still held, edited
     */
    String end();
}
