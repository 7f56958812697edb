package dev.gatehouse.cache.ask;

import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.TextPart;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import dev.gatehouse.llm.json.JsonValue.Member;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one form of all bodies that ask the same: members in the order of their names, numbers in their shortest form, strings with their
 * lengths, and without what changes no answer. In the place of the question's texts there is a mark. Two bodies have the same form only if
 * they are the same JSON otherwise.
 */
final class Canonical {

    /** Members of the body that change nothing of the answer's text: its wire form, bookkeeping, hints for the provider's own cache. */
    private static final Set<String> LEFT_OUT = Set.of(
            "stream", "stream_options", "user", "metadata", "safety_identifier", "prompt_cache_key", "prompt_cache_retention",
            "prompt_cache_options", "service_tier", "serviceTier", "store", "labels", "session_id", "trace", "usage", "requestMetadata");
    private static final Set<String> ONE_BY_DEFAULT = Set.of("n", "best_of");
    private static final String CACHE_HINT = "cache_control";
    private static final int MAX_NUMBER = 64;

    private final Set<JsonValue> question;
    private final StringBuilder form = new StringBuilder();

    private Canonical(Set<JsonValue> question) {
        this.question = question;
    }

    /** The form of a body, apart from the question. */
    static String of(LlmRequest request, LastTurn turn) {
        Canonical canonical = new Canonical(turn.parts().stream().map(TextPart::string).collect(Collectors.toSet()));
        canonical.members(sorted(request.root()).stream().filter(Canonical::counts).toList());
        return canonical.form.toString();
    }

    private static boolean counts(Member member) {
        String name = member.name();
        boolean isDefault = member.value().is(Kind.NULL) || ONE_BY_DEFAULT.contains(name) && member.value().integer().orElse(0) == 1;
        return !isDefault && !LEFT_OUT.contains(name);
    }

    private static List<Member> sorted(JsonValue object) {
        List<Member> members = new ArrayList<>();
        object.members().forEach(members::add);
        members.sort(Comparator.comparing(Member::name));
        return members;
    }

    private void members(List<Member> members) {
        form.append('{');
        for (Member member : members) {
            string(member.name());
            value(member.value());
        }
        form.append('}');
    }

    private void value(JsonValue value) {
        switch (value.kind()) {
            case OBJECT -> members(withoutHint(sorted(value)));
            case ARRAY -> array(value);
            case STRING, KEY -> text(value);
            case NUMBER -> form.append('#').append(number(value.raw())).append(';');
            case TRUE -> form.append('t');
            case FALSE -> form.append('f');
            case NULL, MISSING -> form.append('0');
        }
    }

    /** What a provider's prompt cache is told at a content part or a tool; where there is no type, the name may be the client's own. */
    private static List<Member> withoutHint(List<Member> members) {
        boolean typed = members.stream().anyMatch(member -> member.name().equals("type"));
        return typed ? members.stream().filter(member -> !member.name().equals(CACHE_HINT)).toList() : members;
    }

    private void array(JsonValue value) {
        form.append('[');
        value.elements().forEach(this::value);
        form.append(']');
    }

    private void text(JsonValue value) {
        if (question.contains(value)) {
            form.append('?');
        } else {
            string(value.text());
        }
    }

    private void string(String text) {
        form.append(text.length()).append(':').append(text);
    }

    /** {@code 0.70} is {@code 0.7}, and {@code 1e0} is {@code 1}; a number too long to be one of ours stays as it stands. */
    private static String number(String raw) {
        return raw.length() > MAX_NUMBER ? raw : new BigDecimal(raw).stripTrailingZeros().toString();
    }
}
