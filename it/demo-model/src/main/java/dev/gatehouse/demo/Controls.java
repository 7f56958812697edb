package dev.gatehouse.demo;

import io.vertx.core.MultiMap;

/**
 * What a request tells the demo model to do, by headers ({@code x-demo-tokens: 200}) or in the model's name
 * ({@code demo;tokens=200;delay-ms=20}); the header wins.
 *
 * @param tokens  length of the answer in tokens; 0 leaves the echo as long as it is
 * @param delayMs wait before each event of a stream but the first, or before a whole answer, in milliseconds
 * @param fail    HTTP status to fail with; 0 answers
 * @param echo    {@code text} (default) echoes the last user text, {@code body} the request body as it came, {@code none} nothing: the
 *                answer is the word "more", {@code tokens} times
 * @param stall   events of a stream after which nothing more comes while the client waits; -1 never
 * @param die     events of a stream after which the connection breaks; -1 never
 */
public record Controls(int tokens, int delayMs, int fail, String echo, int stall, int die) {

    static final int NEVER = -1;

    static Controls read(MultiMap headers, String model) {
        return new Controls(
            Integer.parseInt(value(headers, model, "tokens", "0")),
            Integer.parseInt(value(headers, model, "delay-ms", "0")),
            Integer.parseInt(value(headers, model, "fail", "0")),
            value(headers, model, "echo", "text"),
            Integer.parseInt(value(headers, model, "stall", "-1")),
            Integer.parseInt(value(headers, model, "die", "-1")));
    }

    private static String value(MultiMap headers, String model, String name, String otherwise) {
        String header = headers.get("x-demo-" + name);
        return header != null ? header : inModelName(model, name + "=", otherwise);
    }

    private static String inModelName(String model, String prefix, String otherwise) {
        for (String part : model.split(";")) {
            if (part.startsWith(prefix)) {
                return part.substring(prefix.length());
            }
        }
        return otherwise;
    }
}
