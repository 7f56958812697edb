package dev.gatehouse.tokens;

import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import dev.gatehouse.llm.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions as OpenAI's models get to read them: as declarations in TypeScript, in a namespace. OpenAI does not say so; the counts that
 * it reports do (tests compare them).
 */
final class ToolText {

    private static final int DEEPEST = 24;

    private final StringBuilder text = new StringBuilder();

    private ToolText() {}

    /** The text of all functions of {@code tools} and {@code functions}; empty if there are none. */
    static String of(JsonValue root) {
        List<JsonValue> functions = new ArrayList<>();
        root.get("tools").elements().forEach(tool -> functions.add(tool.get("function").is(Kind.OBJECT) ? tool.get("function") : tool));
        root.get("functions").elements().forEach(functions::add);
        ToolText text = new ToolText();
        functions.forEach(text::function);
        return text.text.isEmpty() ? "" : "namespace functions {\n\n" + text.text + "} // namespace functions";
    }

    private void function(JsonValue function) {
        if (!function.get("name").isPresent()) {
            return;
        }
        comment(function.get("description"));
        text.append("type ").append(function.get("name").string().orElse("")).append(" = (");
        JsonValue properties = function.get("parameters").get("properties");
        if (properties.isPresent()) {
            text.append("_: {\n");
            properties(function.get("parameters"), 1);
            text.append('}');
        }
        text.append(") => any;\n\n");
    }

    private void comment(JsonValue description) {
        description.string().filter(said -> !said.isEmpty()).ifPresent(said -> text.append("// ").append(said).append('\n'));
    }

    private void properties(JsonValue schema, int depth) {
        for (Member property : schema.get("properties").members()) {
            comment(property.value().get("description"));
            text.append(property.name()).append(isRequired(schema, property.name()) ? ": " : "?: ");
            type(property.value(), depth);
            text.append(",\n");
        }
    }

    private static boolean isRequired(JsonValue schema, String name) {
        for (JsonValue required : schema.get("required").elements()) {
            if (required.is(Kind.STRING) && required.text().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void type(JsonValue schema, int depth) {
        JsonValue choices = schema.get("anyOf").isPresent() ? schema.get("anyOf") : schema.get("oneOf");
        if (depth > DEEPEST) {
            text.append("any");
        } else if (schema.get("enum").isPresent()) {
            literals(schema.get("enum"));
        } else if (choices.isPresent()) {
            union(choices, depth);
        } else {
            plain(schema, depth);
        }
    }

    private void literals(JsonValue values) {
        String separator = "";
        for (JsonValue value : values.elements()) {
            text.append(separator).append(value.is(Kind.STRING) ? '"' + value.text() + '"' : value.raw());
            separator = " | ";
        }
    }

    private void union(JsonValue choices, int depth) {
        String separator = "";
        for (JsonValue choice : choices.elements()) {
            text.append(separator);
            type(choice, depth + 1);
            separator = " | ";
        }
    }

    private void plain(JsonValue schema, int depth) {
        switch (schema.get("type").string().orElse("any")) {
            case "array" -> {
                type(schema.get("items"), depth + 1);
                text.append("[]");
            }
            case "object" -> object(schema, depth);
            case "integer" -> text.append("number");
            case String other -> text.append(other);
        }
    }

    private void object(JsonValue schema, int depth) {
        if (!schema.get("properties").isPresent()) {
            text.append("object");
            return;
        }
        text.append("{\n");
        properties(schema, depth + 1);
        text.append('}');
    }
}
