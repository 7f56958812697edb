package dev.gatehouse.cache.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.stream.SseEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.stream.Stream;

/** Gives a kept answer in the protocol and the wire form that a client asks for, with ids of its own. Thread-safe. */
public final class Replay {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final InstantSource clock;

    public Replay(InstantSource clock) {
        this.clock = clock;
    }

    /** @param age of the answer */
    public LocalReply reply(StoredAnswer answer, LlmRequest asking, Duration age) {
        return asking.stream() ? streamed(answer) : LocalReply.json(200, whole(answer).toString());
    }

    private ObjectNode whole(StoredAnswer answer) {
        ObjectNode root = envelope(answer, "chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", answer.text());
        root.set("usage", usage(answer));
        return root;
    }

    private LocalReply streamed(StoredAnswer answer) {
        ObjectNode text = envelope(answer, "chat.completion.chunk");
        text.putArray("choices").addObject().put("index", 0).putNull("finish_reason").putObject("delta").put("role", "assistant").put("content", answer.text());
        ObjectNode end = envelope(answer, "chat.completion.chunk");
        end.set("id", text.get("id"));
        end.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop").putObject("delta");
        end.set("usage", usage(answer));
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        Stream.of(text.toString(), end.toString(), "[DONE]").forEach(data -> events.writeBytes(SseEvent.ofData(data).encode()));
        return new LocalReply(200, Headers.of("content-type", "text/event-stream"), events.toByteArray(), HandOver.none());
    }

    private ObjectNode envelope(StoredAnswer answer, String object) {
        return JSON.objectNode().put("id", "chatcmpl-" + UUID.randomUUID().toString().replace("-", "")).put("object", object)
                .put("created", clock.instant().getEpochSecond()).put("model", answer.model());
    }

    private static ObjectNode usage(StoredAnswer answer) {
        long input = answer.usage().input().orElse(0);
        long output = answer.usage().output().orElse(0);
        ObjectNode usage = JSON.objectNode().put("prompt_tokens", input).put("completion_tokens", output).put("total_tokens", input + output);
        usage.putObject("prompt_tokens_details").put("cached_tokens", input);
        return usage;
    }
}
