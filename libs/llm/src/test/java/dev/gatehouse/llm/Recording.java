package dev.gatehouse.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A recorded exchange with a provider, from the folder that GATEHOUSE_DATA names. */
record Recording(String id, String host, String path, int status, String contentType, Optional<byte[]> request, byte[] body) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** All recordings; skips the test where there are none. */
    static List<Recording> all() {
        String data = System.getenv("GATEHOUSE_DATA");
        Assumptions.assumeTrue(data != null, "GATEHOUSE_DATA does not name a folder with recordings/recordings.jsonl");
        Path file = Path.of(data, "recordings", "recordings.jsonl");
        Assumptions.assumeTrue(Files.exists(file), "GATEHOUSE_DATA has no recordings/recordings.jsonl");
        try {
            return Files.readAllLines(file).stream().map(Recording::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording of(String line) {
        try {
            JsonNode row = MAPPER.readTree(line);
            String text = row.path("body").asText();
            byte[] body = row.path("encoding").asText().equals("base64")
                    ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
            return new Recording(row.path("id").asText(), row.path("host").asText(""), row.path("path").asText(),
                    Integer.parseInt(row.path("status").asText().split(" ")[0]), row.path("content_type").asText(""),
                    request(row), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<byte[]> request(JsonNode row) throws IOException {
        JsonNode request = row.path("request");
        return request.isObject() ? Optional.of(MAPPER.writeValueAsBytes(request)) : Optional.empty();
    }

    Optional<Format> format() {
        return Formats.recognise("POST", path, "application/json");
    }

    @Override
    public String toString() {
        return id;
    }
}
