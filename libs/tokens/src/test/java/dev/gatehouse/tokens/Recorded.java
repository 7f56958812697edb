package dev.gatehouse.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Formats;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.stream.StreamFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A recorded exchange whose request is at hand and whose provider said what it used; from the folder that GATEHOUSE_DATA names. */
record Recorded(String id, String host, String model, LlmRequest request, LlmResponse response) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** All such exchanges; skips the test where there are none. */
    static List<Recorded> all() {
        String data = System.getenv("GATEHOUSE_DATA");
        Assumptions.assumeTrue(data != null, "GATEHOUSE_DATA does not name a folder with recordings/recordings.jsonl");
        try (Stream<String> lines = Files.lines(Path.of(data, "recordings", "recordings.jsonl"))) {
            return lines.flatMap(line -> of(line).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Recorded> of(String line) {
        try {
            JsonNode row = MAPPER.readTree(line);
            Optional<Format> format = Formats.recognise("POST", row.path("path").asText(), "application/json");
            boolean answered = row.path("status").asText().startsWith("200");
            return format.isPresent() && answered && row.path("request").isObject() ? Optional.of(read(row, format.get())) : Optional.empty();
        } catch (MalformedJson | StreamFormatException unreadable) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recorded read(JsonNode row, Format format) throws IOException, MalformedJson, StreamFormatException {
        LlmRequest request = LlmRequest.parse(format, row.path("path").asText(), MAPPER.writeValueAsBytes(row.path("request")));
        String text = row.path("body").asText();
        byte[] body = row.path("encoding").asText().equals("base64") ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
        LlmResponse response = LlmResponse.parse(format, row.path("content_type").asText(), body);
        return new Recorded(row.path("id").asText(), row.path("host").asText(), request.model().orElse(""), request, response);
    }
}
