package dev.gatehouse.llm;

import static dev.gatehouse.llm.Shape.INERT;
import static dev.gatehouse.llm.Shape.NAME;
import static dev.gatehouse.llm.Shape.SETTING;
import static dev.gatehouse.llm.Shape.TEXT;
import static dev.gatehouse.llm.Shape.leaves;
import static dev.gatehouse.llm.Shape.mark;
import static dev.gatehouse.llm.Shape.object;

import dev.gatehouse.llm.Uninspectable.Kind;

/** Gemini's generateContent and embeddings. Protobuf's JSON has two spellings of each name, camel and snake case; both are read. */
final class GeminiShapes {

    private GeminiShapes() {}

    private static final Shape CALL = object()
            .with("id willContinue will_continue", SETTING)
            .with("name", NAME)
            .with("args", new Shape.Encoded(PartKind.TOOL_ARGUMENTS))
            .others(leaves(PartKind.TOOL_ARGUMENTS));

    private static final Shape RESULT = new Shape.As(Role.TOOL, object()
            .with("id willContinue will_continue scheduling", SETTING)
            .with("name", NAME)
            .with("response", leaves(PartKind.TOOL_RESULT))
            .with("parts", new Shape.Ref(() -> GeminiShapes.PART))
            .others(leaves(PartKind.TOOL_RESULT)));

    /** A part has no type: the field that is there tells. */
    static final Shape.Fields PART = object()
            .with("text", TEXT)
            .with("thought thoughtSignature thought_signature videoMetadata video_metadata mediaResolution media_resolution", INERT)
            .with("inlineData inline_data", mark(Kind.FILE))
            .with("fileData file_data", mark(Kind.FILE))
            .with("functionCall function_call toolCall tool_call", CALL)
            .with("functionResponse function_response toolResponse tool_response", RESULT)
            .with("executableCode executable_code", object().with("id language", INERT).with("code", leaves(PartKind.TOOL_ARGUMENTS)))
            .with("codeExecutionResult code_execution_result", new Shape.As(Role.TOOL,
                    object().with("id outcome", INERT).with("output", leaves(PartKind.TOOL_RESULT))))
            .with("partMetadata part_metadata", SETTING);

    static final Shape CONTENT = new Shape.OneOf(TEXT, object()
            .with("role", Shapes.ROLE)
            .with("parts", PART));

    private static final Shape FUNCTION = object()
            .with("name", NAME)
            .with("description", Shapes.DEFINITION)
            .with("parameters parametersJsonSchema parameters_json_schema response responseJsonSchema response_json_schema", Shapes.SCHEMA)
            .with("behavior", SETTING)
            .others(Shapes.DEFINITION);

    private static final Shape TOOL = new Shape.As(Role.TOOL, object()
            .with("functionDeclarations function_declarations", FUNCTION)
            .with("fileSearch file_search retrieval", new Shape.MarkAnd(Kind.STORED_TEXT, Shapes.DEFINITION))
            .others(Shapes.DEFINITION));

    private static final Shape CONFIG = object()
            .with("responseSchema response_schema responseJsonSchema response_json_schema", Shapes.SCHEMA)
            .with("_responseJsonSchema", Shapes.SCHEMA)
            .with("temperature topP top_p topK top_k candidateCount candidate_count maxOutputTokens max_output_tokens", INERT)
            .with("stopSequences stop_sequences responseMimeType response_mime_type responseModalities response_modalities", INERT)
            .with("thinkingConfig thinking_config speechConfig speech_config imageConfig image_config mediaResolution media_resolution", INERT)
            .with("seed presencePenalty presence_penalty frequencyPenalty frequency_penalty responseLogprobs response_logprobs", INERT)
            .with("logprobs audioTimestamp audio_timestamp routingConfig routing_config enableEnhancedCivicAnswers", INERT);

    static final Shape.Fields GENERATE = object()
            .with("model labels safetySettings safety_settings store serviceTier service_tier", SETTING)
            .with("contents", CONTENT)
            .with("systemInstruction system_instruction", new Shape.As(Role.SYSTEM, CONTENT))
            .with("tools", TOOL)
            .with("toolConfig tool_config", object()
                    .with("functionCallingConfig function_calling_config", object()
                            .with("mode", INERT)
                            .with("allowedFunctionNames allowed_function_names", NAME))
                    .with("includeServerSideToolInvocations include_server_side_tool_invocations", INERT))
            .with("generationConfig generation_config", CONFIG)
            .with("cachedContent cached_content", mark(Kind.STORED_TEXT))
            .with("generateContentRequest generate_content_request", new Shape.Ref(() -> GeminiShapes.GENERATE));

    private static final Shape.Fields EMBEDDING = object()
            .with("model taskType task_type outputDimensionality output_dimensionality autoTruncate", INERT)
            .with("embedContentConfig embed_content_config", INERT)
            .with("content", CONTENT)
            .with("title", TEXT);

    static final Shape EMBEDDINGS = EMBEDDING.with("requests", EMBEDDING);
}
