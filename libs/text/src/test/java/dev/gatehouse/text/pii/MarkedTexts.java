package dev.gatehouse.text.pii;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.text.pii.Scoreboard.Gold;
import dev.gatehouse.text.pii.Scoreboard.Marked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads texts with marked spans: JSON lines with {@code text} and {@code spans} of {@code start}, {@code end} (code points) and
 * {@code type}.
 */
final class MarkedTexts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private MarkedTexts() {}

    /** The file of the development data, if {@code GATEHOUSE_DATA} names its folder. */
    static Optional<Path> file() {
        return Optional.ofNullable(System.getenv("GATEHOUSE_DATA")).map(data -> Path.of(data, "guard", "pii.jsonl")).filter(Files::isReadable);
    }

    static List<Marked> read(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(MarkedTexts::marked).toList();
        }
    }

    private static Marked marked(String line) {
        try {
            JsonNode row = JSON.readTree(line);
            String text = row.get("text").asText();
            List<Gold> spans = new ArrayList<>();
            row.path("spans").forEach(span -> spans.add(new Gold(span.get("type").asText(), text.offsetByCodePoints(0, span.get("start").asInt()),
                text.offsetByCodePoints(0, span.get("end").asInt()))));
            return new Marked(text, spans);
        } catch (IOException broken) {
            throw new UncheckedIOException("not a line of JSON", broken);
        }
    }
}
