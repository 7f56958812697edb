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

/** Amazon Bedrock's Converse. A content block has no type: the field that is there tells. */
final class BedrockShapes {

    private BedrockShapes() {}

    private static final Shape DOCUMENT_TEXT = leaves(PartKind.DOCUMENT);

    private static final Shape DOCUMENT = object()
            .with("format citations", INERT)
            .with("name context", DOCUMENT_TEXT)
            .with("source", object()
                    .with("bytes s3Location", mark(Kind.FILE))
                    .with("text content", DOCUMENT_TEXT));

    static final Shape.Fields BLOCK = object()
            .with("text", TEXT)
            .with("image", mark(Kind.IMAGE))
            .with("video", mark(Kind.VIDEO))
            .with("audio", mark(Kind.AUDIO))
            .with("document", DOCUMENT)
            .with("cachePoint", INERT)
            .with("toolUse", object()
                    .with("toolUseId type", SETTING)
                    .with("name", NAME)
                    .with("input", new Shape.Encoded(PartKind.TOOL_ARGUMENTS)))
            .with("toolResult", new Shape.As(Role.TOOL, object()
                    .with("toolUseId status type", SETTING)
                    .with("content", new Shape.Ref(() -> BedrockShapes.BLOCK))))
            .with("json", leaves(PartKind.TOOL_RESULT))
            .with("guardContent", object().with("text", object().with("text", TEXT).with("qualifiers", INERT)).with("image", mark(Kind.IMAGE)))
            .with("reasoningContent", object()
                    .with("reasoningText", object().with("text", leaves(PartKind.REASONING)).with("signature", INERT))
                    .with("text", leaves(PartKind.REASONING))
                    .with("redactedContent signature", INERT))
            .with("citationsContent", object()
                    .with("content", object().with("text", TEXT))
                    .with("citations", DOCUMENT_TEXT))
            .with("searchResult", DOCUMENT_TEXT);

    static final Shape MESSAGE = object().with("role", Shapes.ROLE).with("content", BLOCK);

    private static final Shape TOOL = new Shape.As(Role.TOOL, object()
            .with("toolSpec", object()
                    .with("name", NAME)
                    .with("description", Shapes.DEFINITION)
                    .with("inputSchema", object().with("json", Shapes.SCHEMA))
                    .with("strict", INERT))
            .with("cachePoint", INERT)
            .others(Shapes.DEFINITION));

    private static final Shape.Fields REQUEST = object()
            .with("inferenceConfig", INERT)
            .with("modelId requestMetadata guardrailConfig performanceConfig serviceTier", SETTING)
            .with("additionalModelResponseFieldPaths", INERT)
            .with("system", new Shape.As(Role.SYSTEM, BLOCK))
            .with("messages", MESSAGE)
            .with("toolConfig", object()
                    .with("tools", TOOL)
                    .with("toolChoice", object().with("auto any", INERT).with("tool", leaves(PartKind.NAME))))
            .with("promptVariables", new Shape.MapOf(BLOCK))
            .with("outputConfig", Shapes.DEFINITION)
            .with("input", object()
                    .with("converse", new Shape.Ref(() -> BedrockShapes.CONVERSE))
                    .with("invokeModel", mark(Kind.UNKNOWN_FORMAT)));

    static final Shape CONVERSE = REQUEST;
}
