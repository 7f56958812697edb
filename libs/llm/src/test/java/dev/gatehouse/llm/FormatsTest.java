package dev.gatehouse.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.llm.json.JsonDocument;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions,OPENAI_CHAT", "/a/b/openai/v1/chat/completions?x=1,OPENAI_CHAT",
        "/openai/deployments/gpt/chat/completions?api-version=2024,OPENAI_CHAT", "/v1/completions,OPENAI_COMPLETIONS",
        "/v1/responses,OPENAI_RESPONSES", "/v1/embeddings,OPENAI_EMBEDDINGS", "/anthropic/v1/messages,ANTHROPIC_MESSAGES",
        "/v1/messages/count_tokens,ANTHROPIC_MESSAGES",
        "/v1/projects/p/locations/l/publishers/anthropic/models/claude:streamRawPredict,ANTHROPIC_MESSAGES",
        "/v1beta/models/gemini:generateContent?key=k,GEMINI_GENERATE", "/v1beta/models/gemini:streamGenerateContent?alt=sse,GEMINI_GENERATE",
        "/v1beta/models/e:batchEmbedContents,GEMINI_EMBEDDINGS", "/model/x%3A0/converse,BEDROCK_CONVERSE",
        "/model/x/converse-stream,BEDROCK_CONVERSE", "/v2/embed,COHERE_EMBED", "/mcp,MCP"})
    void theFormatIsToldByThePathUnderAnyPrefix(String path, Format format) {
        assertThat(Formats.recognise("POST", path, "application/json")).hasValue(format);
    }

    @ParameterizedTest(name = "CVE-2026-26205: {0}")
    @CsvSource({"//v1//chat/completions", "/v1/chat%2fcompletions", "/v1/./chat/completions/", "/v1/%63hat/completions", "/V1/Chat/Completions"})
    void cve202626205OddSpellingsOfAPathAreStillRecognised(String path) {
        assertThat(Formats.recognise("POST", path, "")).hasValue(Format.OPENAI_CHAT);
    }

    @Test
    void otherPathsMethodsAndTypesAreNotRecognised() {
        assertThat(Formats.recognise("POST", "/v1/threads/t/messages", "application/json")).isEmpty();
        assertThat(Formats.recognise("GET", "/v1/chat/completions", "application/json")).isEmpty();
        assertThat(Formats.recognise("POST", "/v1/chat/completions", "multipart/form-data; boundary=x")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"jsonrpc\":\"2.0\",\"method\":\"ping\"}|MCP", "[{\"jsonrpc\":\"2.0\"}]|MCP", "{\"contents\":[]}|GEMINI_GENERATE",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}|OPENAI_CHAT", "{\"system\":\"s\",\"messages\":[]}|ANTHROPIC_MESSAGES",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]}|BEDROCK_CONVERSE",
        "{\"model\":\"m\",\"prompt\":\"x\"}|OPENAI_COMPLETIONS", "{\"model\":\"m\",\"input\":\"x\"}|OPENAI_RESPONSES",
        "{\"model\":\"m\",\"input\":[1]}|OPENAI_EMBEDDINGS"})
    void theFormatIsToldByTheShapeWhereThePathTellsNone(String json, Format format) throws Exception {
        assertThat(Formats.byShape(JsonDocument.parse(json.getBytes(StandardCharsets.UTF_8)).root())).hasValue(format);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "content-type|multipart/form-data; boundary=x|MULTIPART", "upgrade|websocket|WEBSOCKET", "content-type|application/octet-stream|UNKNOWN_FORMAT",
        "content-type|audio/wav|UNKNOWN_FORMAT", "content-type|application/json; charset=utf-7|ENCODED_BODY"})
    void theHeadAloneTellsWhatCannotBeRead(String name, String value, Uninspectable.Kind kind) {
        assertThat(Formats.uninspectable("POST", Headers.of(name, value))).hasValue(new Uninspectable(kind, ""));
    }

    @Test
    void aJsonHeadIsReadable() {
        assertThat(Formats.uninspectable("POST", Headers.of("content-type", "application/json; charset=\"UTF-8\""))).isEmpty();
        assertThat(Formats.uninspectable("POST", Headers.empty())).isEmpty();
    }
}
