package dev.gatehouse.llm.answer;

import java.util.Optional;

/** Decides which texts of one answer are edited, and whether the answer goes on. */
public interface StrandEditors {

    /**
     * An editor for a text that begins; empty to let it pass. Called once for each text; for JSON (arguments of tool calls) once for
     * each string and number inside, with the form that says which, and
     * once as TEXT for the case that it is no JSON; that editor may never be fed. A text that comes in one piece only, as in a whole JSON body, is
     * opened, fed and ended at once.
     */
    Optional<StrandEditor> open(Strand strand);

    /**
     * Whether the probabilities of tokens stay, which would tell what an editor has taken out. Asked where they stand, after the texts
     * beside them were edited.
     */
    default boolean keepsLogprobs() {
        return true;
    }

    /**
     * Asked after each event of a stream, after a whole body, and when the texts have ended with the stream: a reason to end the answer here. The event itself is not sent then,
     * nor anything that is still held.
     */
    default Optional<Stop> stop() {
        return Optional.empty();
    }
}
