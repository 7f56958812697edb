package dev.gatehouse.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.llm.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlmRequestTest {

    private static LlmRequest read(Format format, String json) throws MalformedJson {
        return read(format, "/", json);
    }

    private static LlmRequest read(Format format, String path, String json) throws MalformedJson {
        return LlmRequest.parse(format, path, json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(LlmRequest request) {
        return request.parts().stream().filter(part -> part.kind() != PartKind.NAME)
                .map(part -> part.role() + " " + part.kind() + " " + part.jsonPath() + part.innerPath() + " " + part.text()).toList();
    }

    private static List<String> marks(LlmRequest request) {
        return request.uninspectable().stream().map(mark -> mark.kind() + " " + mark.jsonPath()).toList();
    }

    @Test
    void openAiChatTextsOfEveryRoleAreFound() throws Exception {
        LlmRequest request = read(Format.OPENAI_CHAT, """
                {"model":"gpt-5","stream":true,"messages":[
                 {"role":"system","content":"s"},{"role":"developer","content":[{"type":"text","text":"d"}]},
                 {"content":"u","role":"user","name":"ann"},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\\"q\\":[\\"a1\\"]}"}}]},
                 {"role":"tool","tool_call_id":"1","content":"t"}],
                 "tools":[{"type":"function","function":{"name":"f","description":"td","parameters":{"type":"object","properties":{"q":{"type":"array","description":"pd"}}}}}]}
                """);
        assertThat(texts(request)).containsExactly(
                "SYSTEM TEXT /messages/0/content s", "DEVELOPER TEXT /messages/1/content/0/text d", "USER TEXT /messages/2/content u",
                "ASSISTANT TOOL_ARGUMENTS /messages/3/tool_calls/0/function/arguments/q/0 a1",
                "TOOL TOOL_RESULT /messages/4/content t",
                "TOOL TOOL_DEFINITION /tools/0/function/description td",
                "TOOL TOOL_DEFINITION /tools/0/function/parameters/properties/q/description pd");
        assertThat(request.model()).hasValue("gpt-5");
        assertThat(request.stream()).isTrue();
        assertThat(request.parts().stream().filter(part -> part.kind() == PartKind.NAME).map(TextPart::text))
                .containsExactly("ann", "f", "q", "f", "q");
    }

    @Test
    void openAiMediaAndStoredPartsAreMarked() throws Exception {
        LlmRequest request = read(Format.OPENAI_CHAT, """
                {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA"}},
                 {"type":"input_audio","input_audio":{"data":"AA"}},{"type":"file","file":{"file_id":"file-1"}}]}]}""");
        assertThat(marks(request)).containsExactly("IMAGE /messages/0/content/0", "AUDIO /messages/0/content/1",
                "FILE /messages/0/content/2/file", "STORED_TEXT /messages/0/content/2/file/file_id");
    }

    @Test
    void completionsPromptsAreTextOrTokens() throws Exception {
        assertThat(texts(read(Format.OPENAI_COMPLETIONS, "{\"prompt\":[\"a\",\"b\"]}")))
                .containsExactly("USER TEXT /prompt/0 a", "USER TEXT /prompt/1 b");
        assertThat(marks(read(Format.OPENAI_COMPLETIONS, "{\"prompt\":[1,2]}"))).containsExactly("TOKENS /prompt");
        assertThat(marks(read(Format.OPENAI_EMBEDDINGS, "{\"input\":[[1,2],[3]]}"))).containsExactly("TOKENS /input");
        assertThat(texts(read(Format.OPENAI_EMBEDDINGS, "{\"input\":\"e\"}"))).containsExactly("USER TEXT /input e");
    }

    @Test
    void responsesInputItemsAreFoundAndStoredTextIsMarked() throws Exception {
        LlmRequest request = read(Format.OPENAI_RESPONSES, """
                {"instructions":"i","previous_response_id":"r","conversation":{"id":"c"},"prompt":{"id":"p","variables":{"x":"v"}},
                 "tools":[{"type":"file_search","vector_store_ids":["vs"]},{"type":"function","name":"f","description":"td"}],
                 "input":[{"role":"user","content":[{"type":"input_text","text":"u"}]},
                 {"type":"function_call","name":"f","call_id":"1","arguments":"{\\"k\\":\\"a\\"}"},
                 {"type":"function_call_output","call_id":"1","output":"o"},{"type":"item_reference","id":"z"},
                 {"type":"reasoning","summary":[{"type":"summary_text","text":"th"}]}]}""");
        assertThat(texts(request)).containsExactlyInAnyOrder("SYSTEM TEXT /instructions i", "USER TEXT /prompt/variables/x v",
                "USER TEXT /input/0/content/0/text u", "USER TOOL_ARGUMENTS /input/1/arguments/k a", "TOOL TOOL_RESULT /input/2/output o",
                "USER REASONING /input/4/summary/0/text th", "TOOL TOOL_DEFINITION /tools/1/description td");
        assertThat(marks(request)).containsExactly("STORED_TEXT /previous_response_id", "STORED_TEXT /conversation", "STORED_TEXT /prompt",
                "STORED_TEXT /tools/0/vector_store_ids", "STORED_TEXT /input/3");
        assertThat(request.conversation()).hasValue("c");
        assertThat(texts(read(Format.OPENAI_RESPONSES, "{\"input\":\"plain\"}"))).containsExactly("USER TEXT /input plain");
    }

    @Test
    void anthropicBlocksAreFound() throws Exception {
        LlmRequest request = read(Format.ANTHROPIC_MESSAGES, """
                {"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],"messages":[
                 {"role":"user","content":[{"type":"text","text":"u"},{"type":"image","source":{}},
                  {"type":"document","title":"dt","source":{"type":"text","media_type":"text/plain","data":"dd"}},
                  {"type":"document","source":{"type":"base64","data":"AA"}},{"type":"document","source":{"type":"file","file_id":"f"}}]},
                 {"role":"assistant","content":[{"type":"thinking","thinking":"th","signature":"x"},{"type":"tool_use","id":"1","name":"f","input":{"q":{"r":"a"}}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"1","content":[{"type":"text","text":"r"}]},
                  {"type":"tool_result","tool_use_id":"2","content":"r2"}]}],
                 "tools":[{"name":"f","description":"td","input_schema":{"type":"object","properties":{"q":{"enum":["e"]}}}}]}""");
        assertThat(texts(request)).containsExactly("SYSTEM TEXT /system/0/text s", "USER TEXT /messages/0/content/0/text u",
                "USER DOCUMENT /messages/0/content/2/title dt", "USER DOCUMENT /messages/0/content/2/source/data dd",
                "ASSISTANT REASONING /messages/1/content/0/thinking th", "ASSISTANT TOOL_ARGUMENTS /messages/1/content/1/input/q/r a",
                "TOOL TOOL_RESULT /messages/2/content/0/content/0/text r", "TOOL TOOL_RESULT /messages/2/content/1/content r2",
                "TOOL TOOL_DEFINITION /tools/0/description td", "TOOL TOOL_DEFINITION /tools/0/input_schema/properties/q/enum/0 e");
        assertThat(marks(request)).containsExactly("IMAGE /messages/0/content/1", "FILE /messages/0/content/3/source",
                "STORED_TEXT /messages/0/content/4/source");
    }

    @Test
    void geminiContentsAreFoundInBothSpellings() throws Exception {
        LlmRequest request = read(Format.GEMINI_GENERATE, "/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse", """
                {"system_instruction":{"parts":[{"text":"s"}]},"contents":[{"role":"user","parts":[{"text":"u"},{"inlineData":{"mimeType":"image/png","data":"AA"}}]},
                 {"role":"model","parts":[{"functionCall":{"name":"f","args":{"q":"a"}}}]},
                 {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"result":"r"}}},{"fileData":{"fileUri":"x"}}]}],
                 "tools":[{"functionDeclarations":[{"name":"f","description":"td","parameters":{"type":"OBJECT"}}]}],"cachedContent":"cachedContents/1"}""");
        assertThat(texts(request)).containsExactly("SYSTEM TEXT /system_instruction/parts/0/text s", "USER TEXT /contents/0/parts/0/text u",
                "ASSISTANT TOOL_ARGUMENTS /contents/1/parts/0/functionCall/args/q a",
                "TOOL TOOL_RESULT /contents/2/parts/0/functionResponse/response/result r",
                "TOOL TOOL_DEFINITION /tools/0/functionDeclarations/0/description td");
        assertThat(marks(request)).containsExactly("FILE /contents/0/parts/1/inlineData", "FILE /contents/2/parts/1/fileData", "STORED_TEXT /cachedContent");
        assertThat(request.model()).hasValue("gemini-2.5-pro");
        assertThat(request.stream()).isTrue();
    }

    @Test
    void bedrockBlocksAreFound() throws Exception {
        LlmRequest request = read(Format.BEDROCK_CONVERSE, "/model/us.amazon.nova-micro-v1%3A0/converse-stream", """
                {"system":[{"text":"s"}],"messages":[{"role":"user","content":[{"text":"u"},{"document":{"format":"pdf","name":"n","source":{"bytes":"AA"}}},{"image":{"format":"png"}}]},
                 {"role":"assistant","content":[{"toolUse":{"toolUseId":"1","name":"f","input":{"q":"a"}}}]},
                 {"role":"user","content":[{"toolResult":{"toolUseId":"1","content":[{"text":"r"},{"json":{"k":"j"}}]}}]}]}""");
        assertThat(texts(request)).containsExactly("SYSTEM TEXT /system/0/text s", "USER TEXT /messages/0/content/0/text u",
                "USER DOCUMENT /messages/0/content/1/document/name n", "ASSISTANT TOOL_ARGUMENTS /messages/1/content/0/toolUse/input/q a",
                "TOOL TOOL_RESULT /messages/2/content/0/toolResult/content/0/text r",
                "TOOL TOOL_RESULT /messages/2/content/0/toolResult/content/1/json/k j");
        assertThat(marks(request)).containsExactly("FILE /messages/0/content/1/document/source/bytes", "IMAGE /messages/0/content/2/image");
        assertThat(request.model()).hasValue("us.amazon.nova-micro-v1:0");
        assertThat(request.stream()).isTrue();
    }

    @Test
    void mcpArgumentsResultsAndBatchesAreFound() throws Exception {
        LlmRequest request = read(Format.MCP, """
                [{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"f","arguments":{"q":["x"]}}},
                 {"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"r"},{"type":"image","data":"AA"}],"structuredContent":{"k":"c"}}}]""");
        assertThat(texts(request)).containsExactly("USER TOOL_ARGUMENTS /0/params/arguments/q/0 x",
                "TOOL TOOL_RESULT /1/result/content/0/text r", "TOOL TOOL_RESULT /1/result/structuredContent/k c");
        assertThat(marks(request)).containsExactly("IMAGE /1/result/content/1");
        assertThat(read(Format.MCP, "{\"jsonrpc\":\"2.0\",\"id\":\"a\\u0022\"}").rpcId()).hasValue("\"a\\u0022\"");
        assertThat(read(Format.MCP, "{\"jsonrpc\":\"2.0\",\"id\":7}").rpcId()).hasValue("7");
    }

    @ParameterizedTest(name = "GHSA-4gph-2hhr-5mwg: {0}")
    @ValueSource(strings = {
        "{\"Messages\":[],\"messages\":[]}", "{\"Messages\":[]}", "{\"messages\":[{\"role\":\"user\",\"Content\":\"x\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"Text\":\"x\"}]}]}", "{\"me\\u017f\\u017fages\":[]}",
        "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"Name\":\"b\"}}]}"})
    void ghsa4gph2hhr5mwgKeysThatDifferInCaseOnlyAreRefused(String json) {
        MalformedJson refused = catchThrowableOfType(MalformedJson.class, () -> read(Format.OPENAI_CHAT, json));
        assertThat(refused.reason()).isEqualTo(MalformedJson.Reason.CASE_VARIANT_KEY);
    }

    @Test
    void ghsa4gph2hhr5mwgAnMcpToolNameCannotBeSmuggled() {
        assertThat(catchThrowableOfType(MalformedJson.class, () -> read(Format.MCP,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"safe\",\"Name\":\"other\"}}")).reason())
                .isEqualTo(MalformedJson.Reason.CASE_VARIANT_KEY);
    }

    @Test
    void keysOfToolArgumentsMayDifferInCase() throws Exception {
        assertThat(texts(read(Format.MCP, "{\"jsonrpc\":\"2.0\",\"params\":{\"arguments\":{\"Id\":\"a\",\"id\":\"b\"}}}"))).hasSize(2);
    }

    @Test
    void textInUnknownPlacesIsNotLost() throws Exception {
        LlmRequest request = read(Format.OPENAI_CHAT, """
                {"documents":[{"t":"one"}],"messages":[{"role":"pirate","content":[{"type":"novel","payload":{"x":"two"}}],"extra":"three"},"four",
                 {"role":"user","content":{"text":"five"}},{"role":"assistant","tool_calls":[{"function":{"arguments":"not json"}}]},
                 {"role":"assistant","tool_calls":[{"function":{"arguments":"{\\"a\\":\\"six\\",\\"a\\":\\"seven\\"}"}}]}]}""");
        assertThat(request.parts().stream().map(TextPart::text))
                .contains("one", "pirate", "two", "three", "four", "five", "not json", "six", "seven");
        assertThat(marks(request)).containsExactly("UNKNOWN_PART /messages/0/content/0");
    }

    @Test
    void replacingKeepsEveryOtherByte() throws Exception {
        String json = "{ \"messages\" : [ {\"role\":\"user\",\"content\":\"caf\\u00e9 \\/ old\"},\n{\"role\":\"user\",\"content\":\"x\"}],\"z\": 1.50e3 }";
        LlmRequest request = read(Format.OPENAI_CHAT, json);
        TextPart last = request.parts().get(1);
        assertThat(new String(request.replacing(Map.of(last, "a\"b")), StandardCharsets.UTF_8)).isEqualTo(json.replace("\"x\"", "\"a\\\"b\""));
    }

    @Test
    void theModelIsChangedWhereItStands() throws Exception {
        LlmRequest.Rewritten body = read(Format.OPENAI_CHAT, "/v1/chat/completions", "{\"model\":\"a\",\"messages\":[]}").withModel("b\"c");
        assertThat(new String(body.body(), StandardCharsets.UTF_8)).isEqualTo("{\"model\":\"b\\\"c\",\"messages\":[]}");
        assertThat(body.path()).isEqualTo("/v1/chat/completions");
        assertThat(read(Format.GEMINI_GENERATE, "/v1/models/a:generateContent?k=1", "{}").withModel("b").path()).isEqualTo("/v1/models/b:generateContent?k=1");
        assertThat(read(Format.OPENAI_CHAT, "/openai/deployments/a/chat/completions?api-version=1", "{}").withModel("b").path())
                .isEqualTo("/openai/deployments/b/chat/completions?api-version=1");
        assertThat(read(Format.BEDROCK_CONVERSE, "/model/a%3A0/converse", "{}").withModel("b:1").path()).isEqualTo("/model/b%3A1/converse");
        assertThat(new String(read(Format.OPENAI_CHAT, "/v1/chat/completions", "{}").withModel("m").body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"model\":\"m\"}");
    }

    @Test
    void aPrefixWithTheWordModelIsNoModel() throws Exception {
        LlmRequest request = read(Format.OPENAI_CHAT, "/my/model/v1/chat/completions", "{\"model\":\"a\"}");
        assertThat(request.model()).hasValue("a");
        assertThat(request.withModel("b").path()).isEqualTo("/my/model/v1/chat/completions");
    }

    @Test
    void googlesPrefixOfAModelInTheBodyStays() throws Exception {
        LlmRequest.Rewritten rewritten = read(Format.GEMINI_GENERATE, "/v1/models/a:countTokens", "{\"model\":\"models/a\"}").withModel("b");
        assertThat(new String(rewritten.body(), StandardCharsets.UTF_8)).isEqualTo("{\"model\":\"models/b\"}");
    }

    @Test
    void cve202629791AModelCannotLeaveItsPathSegment() throws Exception {
        assertThat(read(Format.GEMINI_GENERATE, "/v1/models/a:generateContent", "{}").withModel("../x?y#z\r\nw").path())
                .isEqualTo("/v1/models/..%2Fx%3Fy%23z%0D%0Aw:generateContent");
    }

    @Test
    void aBodyThatIsNoObjectIsRefused() {
        assertThat(catchThrowableOfType(MalformedJson.class, () -> read(Format.OPENAI_CHAT, "[]")).reason())
                .isEqualTo(MalformedJson.Reason.WRONG_SHAPE);
    }

    @Test
    void nothingShowsContentInItsToString() throws Exception {
        LlmRequest request = read(Format.OPENAI_CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"topsecret\"}]}");
        assertThat(request.toString() + request.parts() + request.root()).doesNotContain("topsecret");
    }
}
