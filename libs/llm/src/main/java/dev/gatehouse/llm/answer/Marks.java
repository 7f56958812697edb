package dev.gatehouse.llm.answer;

import dev.gatehouse.llm.json.JsonValue;
import java.util.function.Predicate;

/** What the JSON of one event (or of a whole body) says about the texts of the answer, told in an order that makes sense. */
interface Marks {

    /** The next piece of a text. A value that is no string is passed over. */
    void grows(Strand strand, JsonValue piece);

    /** A text that comes in one piece: a string, or an object that is JSON by itself. */
    void once(Strand strand, JsonValue whole);

    /** The whole of a text whose pieces came before, or did not come. It has ended. An empty string says nothing. */
    void repeats(Strand strand, JsonValue whole);

    /** These texts have ended. */
    void ends(Predicate<Strand> which);

    /** Probabilities of the tokens of a text, and what to put there if they are not kept. */
    void logprobs(JsonValue value, String none);

    /** The number of the event in its stream. */
    void number(JsonValue sequenceNumber);
}
