package dev.gatehouse.router.gain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.exchange.Int8Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Logged requests, a JSON object a line: {@code text} (or {@code prompt}), and which model was right: {@code weak_ok} and {@code strong_ok}, or
 * {@code right}, the list of those models that were.
 */
final class LabelledFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LabelledFile() {}

    /** What {@code right} calls the two. */
    record Models(String weak, String strong) {

        static final Models SHORT = new Models("weak", "strong");
    }

    /** A line of it. */
    record Line(String text, boolean weakRight, boolean strongRight) {

        Labelled with(Int8Vector vector) {
            return new Labelled(text, vector, weakRight, strongRight);
        }

        /** Never shows the text. */
        @Override
        public String toString() {
            return "Line[weak " + weakRight + ", strong " + strongRight + "]";
        }
    }

    /** @throws IOException also for a line that says too little; names its number, never its text */
    static List<Line> read(Path file, Models models) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<Line> read = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                read.add(line(lines.get(i), i + 1, models));
            }
        }
        return read;
    }

    private static Line line(String text, int number, Models models) throws IOException {
        JsonNode row = JSON.readTree(text);
        JsonNode prompt = row.has("text") ? row.path("text") : row.path("prompt");
        if (prompt.isTextual() && row.path("right").isArray()) {
            return new Line(prompt.asText(), holds(row.path("right"), models.weak()), holds(row.path("right"), models.strong()));
        }
        if (!prompt.isTextual() || !row.path("weak_ok").isBoolean() || !row.path("strong_ok").isBoolean()) {
            throw new IOException("line " + number + " needs text or prompt, and weak_ok and strong_ok or a list right");
        }
        return new Line(prompt.asText(), row.path("weak_ok").asBoolean(), row.path("strong_ok").asBoolean());
    }

    private static boolean holds(JsonNode names, String name) {
        for (JsonNode each : names) {
            if (each.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
