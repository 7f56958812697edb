package dev.gatehouse.testbed.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The log in which the API server writes who has asked for what; of service accounts alone. */
record Audit(Path policy, Path log) {

    /** A watch is told of when it begins, all else when it is answered. */
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - {level: Metadata, userGroups: ["system:serviceaccounts"]}
            - {level: None}
            """;

    static Audit in(Path folder) throws IOException {
        return new Audit(Files.writeString(folder.resolve("audit.yaml"), POLICY), folder.resolve("audit.log"));
    }

    List<Asked> of(String user) {
        return lines().filter(line -> line.contains(user)).map(Audit::event).filter(event -> event.path("user").path("username").asText().equals(user))
                .map(Audit::asked).toList();
    }

    /** Whole ones: the last may be under way. */
    private Stream<String> lines() {
        try {
            String text = Files.readString(log);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode event(String line) {
        try {
            return Api.JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Asked asked(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String subresource = object.path("subresource").asText();
        return new Asked(event.path("verb").asText(), object.path("apiGroup").asText(), object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
                object.path("namespace").asText(), object.path("name").asText(), event.path("responseStatus").path("code").asInt());
    }
}
