package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.gatehouse.llm.json.JsonValue;

/** Starts a new object with some members of another. */
final class Copied {

    private Copied() {}

    /** The named strings, numbers and other scalars that are there. */
    static ObjectNode of(JsonValue object, String names) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (String name : names.split(" ")) {
            JsonValue value = object.get(name);
            switch (value.kind()) {
                case STRING -> copy.put(name, value.text());
                case NUMBER, TRUE, FALSE, NULL -> copy.putRawValue(name, new RawValue(value.raw()));
                default -> { }
            }
        }
        return copy;
    }
}
