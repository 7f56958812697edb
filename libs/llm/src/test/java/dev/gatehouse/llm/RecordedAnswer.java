package dev.gatehouse.llm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A recorded answer with its format and the type that tells its framing. */
public record RecordedAnswer(String id, String host, int status, Format format, String type, byte[] body) {

    private static final Map<String, Format> SAMPLES = Map.of(
            "anthropic", Format.ANTHROPIC_MESSAGES, "completions", Format.OPENAI_CHAT, "responses", Format.OPENAI_RESPONSES,
            "bedrock", Format.BEDROCK_CONVERSE, "vertex-gemini", Format.GEMINI_GENERATE, "openai", Format.OPENAI_EMBEDDINGS,
            "cohere", Format.COHERE_EMBED, "bedrock-cohere", Format.COHERE_EMBED, "detect", Format.BEDROCK_CONVERSE);

    /** All whose format is known; skips the test where there are none. */
    public static List<RecordedAnswer> all() {
        List<RecordedAnswer> answers = new ArrayList<>();
        for (Recording recording : Recording.all()) {
            Optional<Format> format = Optional.ofNullable(SAMPLES.get(recording.path())).or(recording::format);
            format.ifPresent(known -> answers.add(new RecordedAnswer(recording.id(), recording.host(), recording.status(), known,
                    type(recording), recording.body())));
        }
        return answers;
    }

    /** The recorded type; samples without one are told by how they begin. */
    private static String type(Recording recording) {
        if (!recording.contentType().isEmpty()) {
            return recording.contentType();
        }
        String start = new String(recording.body(), 0, Math.min(6, recording.body().length), StandardCharsets.ISO_8859_1);
        boolean binary = start.startsWith("\0");
        return binary ? "application/vnd.amazon.eventstream" : start.matches("(event|data:).*") ? "text/event-stream" : "application/json";
    }

    @Override
    public String toString() {
        return id + " " + format;
    }
}
