package dev.gatehouse.llm.synthetic;

import java.util.List;

/**
 * What a model thought before it answered, in the plain text in which OpenAI's chat dialects give it.
 *
 * @param fields in which it came, one or both: {@code reasoning_content}, {@code reasoning}
 */
public record Thinking(List<String> fields, String text) {

    public Thinking {
        fields = List.copyOf(fields);
    }

    /** Never shows the text. */
    @Override
    public String toString() {
        return "Thinking[" + fields + ", " + text.length() + " chars]";
    }
}
