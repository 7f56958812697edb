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

/** OpenAI's chat completions, completions and embeddings, with the dialects of those who speak them too. */
final class OpenAiShapes {

    private OpenAiShapes() {}

    private static final Shape REFUSAL = new Shape.Text(PartKind.REFUSAL);
    private static final Shape REASONING = leaves(PartKind.REASONING);

    private static final Shape.Fields PART = object().with("type cache_control", INERT);

    static final Shape FILE_PART = PART
            .with("file", new Shape.MarkAnd(Kind.FILE, object()
                    .with("file_id", mark(Kind.STORED_TEXT))
                    .with("filename", leaves(PartKind.DOCUMENT))
                    .with("file_data format", INERT)))
            .with("filename document_name", leaves(PartKind.DOCUMENT))
            .with("detail format", INERT)
            .with("file_id", mark(Kind.STORED_TEXT))
            .with("file_data file_url document_url", mark(Kind.FILE));

    /** Content parts of chat and responses by their type; Mistral's {@code thinking} and {@code document_url} included. */
    static final Map<String, Shape> PARTS = parts();

    static final Shape.Fields TEXT_PART = PART.with("text", TEXT).with("annotations logprobs prompt_cache_breakpoint", INERT);

    static final Shape CONTENT = Shapes.content(new Shape.ByType("type", PARTS, TEXT_PART));

    private static Map<String, Shape> parts() {
        Map<String, Shape> parts = new HashMap<>();
        Shape text = PART.with("text", TEXT).with("annotations logprobs prompt_cache_breakpoint", INERT);
        for (String type : new String[] {"text", "input_text", "output_text", "summary_text"}) {
            parts.put(type, text);
        }
        parts.put("reasoning_text", PART.with("text", REASONING));
        parts.put("thinking", PART.with("thinking", new Shape.OneOf(REASONING, PART.with("text", REASONING))).with("signature closed", INERT));
        parts.put("refusal", PART.with("refusal", REFUSAL));
        for (String type : new String[] {"image_url", "input_image", "output_image"}) {
            parts.put(type, mark(Kind.IMAGE));
        }
        parts.put("input_audio", mark(Kind.AUDIO));
        parts.put("audio_url", mark(Kind.AUDIO));
        parts.put("video_url", mark(Kind.VIDEO));
        for (String type : new String[] {"file", "input_file", "document_url"}) {
            parts.put(type, FILE_PART);
        }
        return Map.copyOf(parts);
    }

    /** The definition of a function; Responses has its fields in the tool itself. */
    static final Shape.Fields FUNCTION = object()
            .with("type", words("function"))
            .with("name", NAME)
            .with("description", Shapes.DEFINITION)
            .with("parameters", Shapes.SCHEMA)
            .with("strict defer_loading cache_control", SETTING)
            .others(Shapes.DEFINITION);

    private static final Shape FUNCTION_CALL = object()
            .with("name", NAME)
            .with("arguments", new Shape.Encoded(PartKind.TOOL_ARGUMENTS));

    private static final Shape TOOL_CALL = object()
            .with("id index", SETTING)
            .with("type", words("function custom"))
            .with("extra_content", INERT)
            .with("function", FUNCTION_CALL)
            .with("custom", object().with("name", NAME).with("input", new Shape.Text(PartKind.TOOL_ARGUMENTS)));

    static final Shape TOOL_CHOICE = new Shape.OneOf(words("auto none required any validated"), leaves(PartKind.NAME));

    /** A message; answers have the same one, and streams call it delta. */
    static final Shape.Fields MESSAGE = object()
            .with("role", Shapes.ROLE)
            .with("content", CONTENT)
            .with("name", NAME)
            .with("refusal", REFUSAL)
            .with("reasoning reasoning_content reasoning_details", new Shape.OneOf(REASONING, object()
                    .with("type format id index signature data", INERT)
                    .with("text summary", REASONING)))
            .with("tool_calls", TOOL_CALL)
            .with("function_call", FUNCTION_CALL)
            .with("audio", new Shape.MarkAnd(Kind.STORED_TEXT, object().with("id data expires_at", INERT).with("transcript", TEXT)))
            .with("tool_call_id prefix cache_control", SETTING);

    /** The shape that an answer must have; as in {@code response_format} and in Responses' {@code text.format}. */
    static final Shape RESPONSE_FORMAT = new Shape.As(Role.TOOL, object()
            .with("type", words("text json_object json_schema grammar python"))
            .with("name", NAME)
            .with("schema", Shapes.SCHEMA)
            .with("strict", SETTING)
            .with("json_schema", object().with("name", NAME).with("schema", Shapes.SCHEMA).with("strict", SETTING).others(Shapes.DEFINITION))
            .others(Shapes.DEFINITION));

    /** Fields of all request bodies that set something and tell a model nothing. */
    static final Shape.Fields SETTINGS = object()
            .with("model models stream stream_options temperature top_p top_k min_p n user seed metadata service_tier store", SETTING)
            .with("max_tokens max_completion_tokens max_output_tokens presence_penalty frequency_penalty repetition_penalty", SETTING)
            .with("logit_bias logprobs top_logprobs parallel_tool_calls modalities verbosity", SETTING)
            .with("stop", INERT)
            .with("reasoning reasoning_effort reasoning_format include_reasoning thinking enable_thinking", SETTING)
            .with("prompt_cache_key prompt_cache_retention prompt_cache_options safety_identifier", SETTING)
            .with("provider route transforms usage session_id trace safe_prompt random_seed prompt_mode", SETTING);

    static final Shape CHAT = SETTINGS
            .with("messages", new Shape.OneOf(TEXT, MESSAGE))
            .with("tools", new Shape.As(Role.TOOL, object()
                    .with("type", SETTING)
                    .with("function", FUNCTION)
                    .others(Shapes.DEFINITION)))
            .with("functions", new Shape.As(Role.TOOL, FUNCTION))
            .with("tool_choice function_call", TOOL_CHOICE)
            .with("response_format", RESPONSE_FORMAT)
            .with("audio moderation", SETTING)
            .with("web_search_options", object().with("search_context_size", SETTING))
            .with("prediction", object().with("type", SETTING).with("content", CONTENT));

    static final Shape COMPLETIONS = SETTINGS
            .with("prompt", new Shape.TextOrTokens())
            .with("suffix", TEXT)
            .with("echo best_of", SETTING)
            .with("response_format", RESPONSE_FORMAT);

    static final Shape EMBEDDINGS = SETTINGS
            .with("input", new Shape.TextOrTokens())
            .with("encoding_format dimensions input_type truncate", SETTING)
            .with("messages", MESSAGE);
}
