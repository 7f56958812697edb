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
import java.util.Map;

/** Model Context Protocol, 2025-06-18: JSON-RPC requests, their results, and batches of both. */
final class McpShapes {

    private McpShapes() {}

    private static final Shape.Fields BLOCK = object().with("type _meta annotations mimeType", SETTING);

    private static final Shape RESOURCE = object()
            .with("uri", leaves(PartKind.NAME))
            .with("mimeType _meta annotations", SETTING)
            .with("text", leaves(PartKind.TOOL_RESULT))
            .with("blob", mark(Kind.FILE));

    private static final Shape.Fields TEXT_BLOCK = BLOCK.with("text", TEXT);

    private static final Shape BY_TYPE = new Shape.ByType("type", Map.of(
            "text", TEXT_BLOCK,
            "image", mark(Kind.IMAGE),
            "audio", mark(Kind.AUDIO),
            "resource", BLOCK.with("resource", RESOURCE),
            "resource_link", BLOCK.with("uri name title description", leaves(PartKind.TOOL_RESULT)).with("size", INERT),
            "tool_use", BLOCK.with("id", INERT).with("name", NAME).with("input", leaves(PartKind.TOOL_ARGUMENTS)),
            "tool_result", BLOCK.with("toolUseId isError", INERT).others(leaves(PartKind.TOOL_RESULT))), TEXT_BLOCK);

    private static final Shape CONTENT = new Shape.OneOf(TEXT, BY_TYPE);

    private static final Shape MESSAGES = object().with("role", Shapes.ROLE).with("content", CONTENT);

    private static final Shape PARAMS = object()
            .with("name", NAME)
            .with("arguments", new Shape.Encoded(PartKind.TOOL_ARGUMENTS))
            .with("messages", MESSAGES)
            .with("systemPrompt", new Shape.As(Role.SYSTEM, TEXT))
            .with("uri", NAME)
            .with("_meta protocolVersion capabilities clientInfo cursor level progressToken requestId progress total", SETTING)
            .with("maxTokens temperature modelPreferences includeContext", SETTING)
            .with("stopSequences", INERT);

    private static final Shape RESULT = new Shape.As(Role.TOOL, object()
            .with("content", CONTENT)
            .with("structuredContent", leaves(PartKind.TOOL_RESULT))
            .with("contents", RESOURCE)
            .with("messages", MESSAGES)
            .with("tools", object()
                    .with("name", NAME)
                    .with("inputSchema outputSchema", Shapes.SCHEMA)
                    .with("_meta icons", INERT)
                    .others(Shapes.DEFINITION))
            .with("prompts resources resourceTemplates", Shapes.DEFINITION)
            .with("instructions", new Shape.As(Role.SYSTEM, TEXT))
            .with("role", Shapes.ROLE)
            .with("isError _meta nextCursor protocolVersion capabilities serverInfo model stopReason action", INERT)
            .others(leaves(PartKind.TOOL_RESULT)));

    static final Shape MESSAGE = object()
            .with("jsonrpc id", SETTING)
            .with("method", NAME)
            .with("params", PARAMS)
            .with("result", RESULT)
            .with("error", new Shape.As(Role.TOOL, object().with("code", INERT).others(leaves(PartKind.TOOL_RESULT))));
}
