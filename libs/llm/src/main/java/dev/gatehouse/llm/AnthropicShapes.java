package dev.gatehouse.llm;

import static dev.gatehouse.llm.Shape.INERT;
import static dev.gatehouse.llm.Shape.NAME;
import static dev.gatehouse.llm.Shape.SETTING;
import static dev.gatehouse.llm.Shape.TEXT;
import static dev.gatehouse.llm.Shape.leaves;
import static dev.gatehouse.llm.Shape.mark;
import static dev.gatehouse.llm.Shape.object;
import static dev.gatehouse.llm.Shape.words;

import dev.gatehouse.llm.Uninspectable.Kind;
import java.util.HashMap;
import java.util.Map;

/** Anthropic's messages, also as Vertex and Bedrock carry them. */
final class AnthropicShapes {

    private AnthropicShapes() {}

    private static final Shape.Fields BLOCK = object().with("type cache_control caller", SETTING);

    private static final Shape DOCUMENT_TEXT = new Shape.Text(PartKind.DOCUMENT);

    private static final Shape DOCUMENT_SOURCE = new Shape.ByType("type", Map.of(
            "text", object().with("type media_type", INERT).with("data", DOCUMENT_TEXT),
            "content", object().with("type", INERT).with("content", new Shape.Ref(() -> AnthropicShapes.CONTENT)),
            "base64", mark(Kind.FILE),
            "url", mark(Kind.FILE),
            "file", mark(Kind.STORED_TEXT)), Shapes.UNKNOWN_PART);

    static final Shape.Fields TEXT_BLOCK = BLOCK.with("text", TEXT).with("citations", leaves(PartKind.DOCUMENT));

    /** Content blocks by their type. */
    static final Map<String, Shape> BLOCKS = blocks();

    static final Shape BLOCK_BY_TYPE = new Shape.ByType("type", BLOCKS, TEXT_BLOCK);

    static final Shape CONTENT = Shapes.content(BLOCK_BY_TYPE);

    private static Map<String, Shape> blocks() {
        Map<String, Shape> blocks = new HashMap<>();
        blocks.put("text", TEXT_BLOCK);
        blocks.put("image", mark(Kind.IMAGE));
        blocks.put("document", BLOCK
                .with("source", DOCUMENT_SOURCE)
                .with("title context", DOCUMENT_TEXT)
                .with("citations", INERT));
        blocks.put("search_result", BLOCK
                .with("content", new Shape.Ref(() -> AnthropicShapes.CONTENT))
                .with("source title", DOCUMENT_TEXT)
                .with("citations", INERT));
        blocks.put("thinking", BLOCK.with("thinking", leaves(PartKind.REASONING)).with("signature", INERT));
        blocks.put("redacted_thinking", BLOCK.with("data", INERT));
        blocks.put("container_upload", mark(Kind.STORED_TEXT));
        toolBlocks(blocks);
        return Map.copyOf(blocks);
    }

    private static void toolBlocks(Map<String, Shape> blocks) {
        Shape call = BLOCK.with("id server_name", SETTING).with("name", NAME).with("input", new Shape.Encoded(PartKind.TOOL_ARGUMENTS));
        blocks.put("tool_use", call);
        blocks.put("server_tool_use", call);
        blocks.put("mcp_tool_use", call);
        Shape result = BLOCK.with("tool_use_id is_error", SETTING).with("content", new Shape.As(Role.TOOL, new Shape.Ref(() -> CONTENT)));
        blocks.put("tool_result", result);
        blocks.put("mcp_tool_result", result);
        blocks.put("tool_reference", BLOCK.with("tool_name", NAME));
        Shape found = BLOCK.with("encrypted_content", INERT).with("tool_use_id", SETTING).others(leaves(PartKind.TOOL_RESULT));
        Shape hosted = new Shape.As(Role.TOOL, BLOCK.with("tool_use_id", SETTING).with("content", found).others(leaves(PartKind.TOOL_RESULT)));
        for (String tool : new String[] {"web_search", "web_fetch", "code_execution", "bash_code_execution",
                "text_editor_code_execution", "tool_search"}) {
            blocks.put(tool + "_tool_result", hosted);
        }
    }

    private static final Shape TOOL = new Shape.As(Role.TOOL, object()
            .with("type cache_control strict defer_loading max_uses", SETTING)
            .with("name", NAME)
            .with("description", Shapes.DEFINITION)
            .with("input_schema", Shapes.SCHEMA)
            .others(Shapes.DEFINITION));

    static final Shape REQUEST = object()
            .with("model stream max_tokens temperature top_p top_k metadata service_tier thinking", SETTING)
            .with("stop_sequences", INERT)
            .with("anthropic_version anthropic_beta betas cache_control context_management inference_geo speed", SETTING)
            .with("system", new Shape.As(Role.SYSTEM, CONTENT))
            .with("messages", object().with("role", Shapes.ROLE).with("content", CONTENT))
            .with("tools", TOOL)
            .with("tool_choice", object().with("type", words("auto any tool none")).with("name", NAME).with("disable_parallel_tool_use", SETTING))
            .with("container", new Shape.OneOf(mark(Kind.STORED_TEXT), object().with("id", mark(Kind.STORED_TEXT)).with("skills", INERT)))
            .with("mcp_servers", object().with("type url authorization_token", INERT).others(Shapes.DEFINITION))
            .with("output_format", OpenAiShapes.RESPONSE_FORMAT)
            .with("output_config", object().with("effort", INERT).with("format", OpenAiShapes.RESPONSE_FORMAT));
}
