package dev.gatehouse.cache.ask;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import dev.gatehouse.llm.json.JsonValue.Member;
import dev.gatehouse.policy.cache.WhenAbsent;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a provider would do beside answering: use tools of its own, look things up, keep the answer, answer later. */
final class ServerSide {

    private static final Set<String> CLIENT_TOOLS = Set.of("", "function", "custom");
    private static final Set<String> GEMINI_CLIENT_TOOLS = Set.of("functionDeclarations", "function_declarations");
    private static final Set<String> BEDROCK_CLIENT_TOOLS = Set.of("toolSpec", "cachePoint");

    private ServerSide() {}

    /** Why the request is not cached, if so. */
    static Optional<Reason> reasonNot(LlmRequest request, WhenAbsent store) {
        if (usesTools(request)) {
            return Optional.of(Reason.server_tools);
        }
        return isKept(request, store) ? Optional.of(Reason.kept_at_provider) : Optional.empty();
    }

    /** OpenAI's Responses are kept unless the request says that they are not. */
    private static boolean isKept(LlmRequest request, WhenAbsent absent) {
        JsonValue root = request.root();
        boolean keptUnsaid = request.format() == Format.OPENAI_RESPONSES && absent == WhenAbsent.Bypass && !root.get("store").is(Kind.FALSE);
        return keptUnsaid || root.get("store").isPresent() || root.get("background").isPresent();
    }

    private static boolean usesTools(LlmRequest request) {
        JsonValue root = request.root();
        boolean looksUp = Stream.of("web_search_options", "plugins", "mcp_servers", "container", "search_parameters", "data_sources", "search_domain_filter").anyMatch(name -> root.get(name).isPresent());
        boolean online = request.model().filter(model -> model.endsWith(":online") || model.startsWith("sonar")).isPresent();
        return looksUp || online || tools(request).anyMatch(tool -> isServers(request.format(), tool));
    }

    private static Stream<JsonValue> tools(LlmRequest request) {
        JsonValue tools = request.format() == Format.BEDROCK_CONVERSE ? request.root().get("toolConfig").get("tools") : request.root().get("tools");
        return StreamSupport.stream(tools.elements().spliterator(), false);
    }

    private static boolean isServers(Format format, JsonValue tool) {
        return switch (format) {
            case GEMINI_GENERATE -> hasOther(tool, GEMINI_CLIENT_TOOLS);
            case BEDROCK_CONVERSE -> hasOther(tool, BEDROCK_CLIENT_TOOLS);
            default -> !CLIENT_TOOLS.contains(tool.get("type").string().orElse("")) || !tool.is(Kind.OBJECT);
        };
    }

    private static boolean hasOther(JsonValue tool, Set<String> known) {
        for (Member member : tool.members()) {
            if (!known.contains(member.name())) {
                return true;
            }
        }
        return !tool.is(Kind.OBJECT);
    }
}
