package dev.gatehouse.router.signal;

import com.google.re2j.Pattern;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.Role;
import dev.gatehouse.llm.Uninspectable;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.policy.identity.Identity;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The values of a request's variables, each worked out when it is first asked for. For one thread. */
public final class Signals {

    /** Guard writes entities of persons in capitals, all else (attacks, secrets, own patterns) small. */
    private static final Pattern PERSONAL = Pattern.compile("(?:^|,)!?[A-Z]");

    private final Map<String, Supplier<Object>> sources = new LinkedHashMap<>();
    private final Map<String, Object> known = new HashMap<>();

    /** @param text that is classified; the request may be one that cannot be read */
    public Signals(RequestHead head, Optional<LlmRequest> request, Identity identity, String text, KeywordSets keywords, Worth worth) {
        ofHead(head, identity);
        ofRequest(request);
        sources.put(Variables.LANGUAGE, () -> Instruments.language(text));
        sources.put(Variables.SCRIPT, () -> TextSigns.script(text));
        sources.put(Variables.CODE, () -> TextSigns.hasCode(text));
        sources.put(Variables.MATHS, () -> TextSigns.hasMaths(text));
        sources.put(Variables.GAIN, worth::gain);
        sources.put(Variables.COMPLEXITY, worth::complexity);
        sources.put(Variables.KEYWORDS, () -> keywords.in(text));
    }

    private void ofHead(RequestHead head, Identity identity) {
        sources.put(Variables.PATH, head::pathOnly);
        sources.put(Variables.HOST, head::authority);
        sources.put(Variables.HEADERS, () -> headers(head));
        sources.put(Variables.METADATA, () -> head.metadata().namespaces());
        sources.put(Variables.PRINCIPAL, () -> identity.principal().orElse(""));
        sources.put(Variables.TENANT, () -> identity.tenant().orElse(""));
        sources.put(Variables.PII, () -> head.handOver().get(HandOver.GUARD_CATEGORIES).filter(found -> PERSONAL.matcher(found).find()).isPresent());
    }

    private void ofRequest(Optional<LlmRequest> request) {
        sources.put(Variables.MODEL, () -> request.flatMap(LlmRequest::model).orElse(""));
        sources.put(Variables.STREAM, () -> request.map(LlmRequest::stream).orElse(false));
        sources.put(Variables.TOKENS, () -> request.map(Instruments::tokens).orElse(0L));
        sources.put(Variables.TURNS, () -> request.map(Signals::turns).orElse(0L));
        sources.put(Variables.TOOLS, () -> request.filter(asked -> has(asked.root().get("tools")) || has(asked.root().get("functions"))).isPresent());
        sources.put(Variables.IMAGES, () -> request.filter(Signals::hasImages).isPresent());
        sources.put(Variables.JSON, () -> request.filter(Signals::wantsJson).isPresent());
    }

    /** The values of these variables, for an expression. */
    public Map<String, Object> values(Set<String> names) {
        names.forEach(name -> Optional.ofNullable(sources.get(name)).ifPresent(source -> known.computeIfAbsent(name, any -> source.get())));
        return known;
    }

    /** What the classifier said. */
    public void classified(String route, double score) {
        known.put(Variables.CLASS, route);
        known.put(Variables.SCORE, score);
    }

    /** What may be shown of what was asked for: no text, no header, no name. */
    public Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (String name : new String[] {Variables.TOKENS, Variables.TURNS, Variables.LANGUAGE, Variables.SCRIPT, Variables.CODE, Variables.MATHS, Variables.TOOLS,
            Variables.IMAGES, Variables.JSON, Variables.PII, Variables.STREAM, Variables.GAIN, Variables.COMPLEXITY, Variables.KEYWORDS}) {
            shown.put(name, values(Set.of(name)).get(name));
        }
        return shown;
    }

    private static Map<String, String> headers(RequestHead head) {
        Map<String, String> headers = new HashMap<>();
        head.headers().fields().forEach(field -> headers.putIfAbsent(field.name(), field.value()));
        return headers;
    }

    private static long turns(LlmRequest request) {
        return request.parts().stream().filter(part -> part.role() == Role.USER && part.kind() == PartKind.TEXT).map(part -> part.list()).distinct().count();
    }

    private static boolean hasImages(LlmRequest request) {
        return request.uninspectable().stream().anyMatch(found -> found.kind() == Uninspectable.Kind.IMAGE);
    }

    private static boolean wantsJson(LlmRequest request) {
        JsonValue root = request.root();
        return isJson(root.get("response_format").get("type")) || isJson(root.get("text").get("format").get("type"))
                || has(root.get("generationConfig").get("responseSchema")) || isJson(root.get("generationConfig").get("responseMimeType"));
    }

    private static boolean isJson(JsonValue type) {
        return type.string().filter(word -> word.contains("json")).isPresent();
    }

    private static boolean has(JsonValue value) {
        boolean empty = value.is(JsonValue.Kind.ARRAY) && !value.at(0).isPresent();
        return value.isPresent() && !value.is(JsonValue.Kind.NULL) && !empty;
    }
}
