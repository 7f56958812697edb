package dev.gatehouse.cache.answer;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A request for each format and form, and what a client reads of the reply. */
record Asking(String name, Format format, String path, String body) {

    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]";

    static List<Asking> all() {
        return List.of(
                new Asking("chat", Format.OPENAI_CHAT, "/v1/chat/completions", "{\"model\":\"m\"," + MESSAGES + "}"),
                new Asking("chat stream", Format.OPENAI_CHAT, "/v1/chat/completions", "{\"model\":\"m\",\"stream\":true," + MESSAGES + "}"),
                new Asking("chat stream with usage", Format.OPENAI_CHAT, "/v1/chat/completions",
                        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}," + MESSAGES + "}"),
                new Asking("completions", Format.OPENAI_COMPLETIONS, "/v1/completions", "{\"model\":\"m\",\"prompt\":\"q\"}"),
                new Asking("completions stream", Format.OPENAI_COMPLETIONS, "/v1/completions", "{\"model\":\"m\",\"prompt\":\"q\",\"stream\":true}"),
                new Asking("responses", Format.OPENAI_RESPONSES, "/v1/responses", "{\"model\":\"m\",\"input\":\"q\"}"),
                new Asking("responses stream", Format.OPENAI_RESPONSES, "/v1/responses", "{\"model\":\"m\",\"input\":\"q\",\"stream\":true}"),
                new Asking("anthropic", Format.ANTHROPIC_MESSAGES, "/v1/messages", "{\"model\":\"m\",\"max_tokens\":9," + MESSAGES + "}"),
                new Asking("anthropic stream", Format.ANTHROPIC_MESSAGES, "/v1/messages", "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true," + MESSAGES + "}"),
                new Asking("anthropic on bedrock, stream", Format.ANTHROPIC_MESSAGES, "/model/m/invoke-with-response-stream",
                        "{\"anthropic_version\":\"b\",\"max_tokens\":9," + MESSAGES + "}"),
                gemini("gemini", "generateContent"), gemini("gemini stream", "streamGenerateContent?alt=sse"),
                gemini("gemini array", "streamGenerateContent"), bedrock("bedrock", "converse"), bedrock("bedrock stream", "converse-stream"));
    }

    private static Asking gemini(String name, String verb) {
        return new Asking(name, Format.GEMINI_GENERATE, "/v1beta/models/m:" + verb, "{\"contents\":[{\"parts\":[{\"text\":\"q\"}]}]}");
    }

    private static Asking bedrock(String name, String verb) {
        return new Asking(name, Format.BEDROCK_CONVERSE, "/model/m/" + verb, "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"q\"}]}]}");
    }

    boolean isStream() {
        return name.contains("stream") || name.contains("array");
    }

    LlmRequest request() {
        try {
            return LlmRequest.parse(format, path, body.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    /** The head with which a reply comes to its client. */
    static ResponseHead head(LocalReply reply) {
        return new ResponseHead(reply.status(), reply.headers(), Map.of(), Metadata.empty());
    }

    static ResponseHead head(int status, String... fields) {
        Headers headers = Headers.empty();
        for (int i = 0; i < fields.length; i += 2) {
            headers = headers.with(fields[i], fields[i + 1]);
        }
        return new ResponseHead(status, headers, Map.of(), Metadata.empty());
    }

    @Override
    public String toString() {
        return name;
    }
}
