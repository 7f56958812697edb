package dev.gatehouse.cache.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Formats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A recorded exchange with a provider, from the folder that GATEHOUSE_DATA names. */
record Recording(String id, Format format, int status, String type, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Format> SAMPLES = Map.of(
            "anthropic", Format.ANTHROPIC_MESSAGES, "completions", Format.OPENAI_CHAT, "responses", Format.OPENAI_RESPONSES,
            "bedrock", Format.BEDROCK_CONVERSE, "vertex-gemini", Format.GEMINI_GENERATE);

    /** All whose format gives answers in text; skips the test where there are none. */
    static List<Recording> all() {
        String data = System.getenv("GATEHOUSE_DATA");
        Assumptions.assumeTrue(data != null && Files.exists(Path.of(data, "recordings", "recordings.jsonl")), "GATEHOUSE_DATA has no recordings/recordings.jsonl");
        try {
            return Files.readAllLines(Path.of(data, "recordings", "recordings.jsonl")).stream().flatMap(line -> of(line).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Recording> of(String line) {
        try {
            JsonNode row = JSON.readTree(line);
            String text = row.path("body").asText();
            byte[] body = row.path("encoding").asText().equals("base64") ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
            String path = row.path("path").asText();
            int status = Integer.parseInt(row.path("status").asText().split(" ")[0]);
            return Optional.ofNullable(SAMPLES.get(path)).or(() -> Formats.recognise("POST", path, "application/json"))
                    .filter(format -> !format.name().contains("EMBED") && format != Format.MCP)
                    .map(format -> new Recording(row.path("id").asText(), format, status, type(row.path("content_type").asText(""), body), body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recorded type; samples without one are told by how they begin. */
    private static String type(String recorded, byte[] body) {
        String start = new String(body, 0, Math.min(6, body.length), StandardCharsets.ISO_8859_1);
        boolean events = start.matches("(event|data:).*");
        return !recorded.isEmpty() ? recorded : start.startsWith("\0") ? "application/vnd.amazon.eventstream" : events ? "text/event-stream" : "application/json";
    }

    ResponseHead head() {
        return new ResponseHead(status, Headers.of("content-type", type), Map.of(), Metadata.empty());
    }

    @Override
    public String toString() {
        return id + " " + format + " " + type;
    }
}
