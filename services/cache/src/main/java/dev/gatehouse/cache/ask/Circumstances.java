package dev.gatehouse.cache.ask;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.identity.Identity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What counts of a request beside its body and path.
 *
 * @param identity  who asks, for whom
 * @param guarded   whether a guard has judged the prompt and left nothing in it unmasked
 * @param authority host that was asked, in lower case: another may be another backend
 * @param features  header fields that change what a provider answers, each {@code name: value}
 * @param routing   UIDs and generations of the routing policies that apply; empty where there are none or they are not known
 */
public record Circumstances(Identity identity, boolean guarded, String authority, List<String> features, String routing) {

    private static final List<String> FEATURES = List.of("anthropic-beta", "anthropic-version", "openai-beta", "openai-organization", "openai-project",
            "x-goog-user-project");

    private static final List<String> PROTOCOL = List.of("anthropic-beta", "anthropic-version", "openai-beta");

    public Circumstances {
        features = List.copyOf(features);
    }

    /** As the head of a live request tells. */
    public static Circumstances of(RequestHead head, Identity identity, String routing) {
        List<String> features = fields(head, FEATURES).fields().stream().map(field -> field.name() + ": " + field.value()).toList();
        return new Circumstances(identity, isGuarded(head.handOver()), head.authority().toLowerCase(Locale.ROOT), features, routing);
    }

    /** The fields that say which version of a provider's protocol is spoken; none of them says who asks. */
    public static Headers protocol(RequestHead head) {
        return fields(head, PROTOCOL);
    }

    private static Headers fields(RequestHead head, List<String> names) {
        return new Headers(names.stream().flatMap(name -> head.headers().all(name).stream().map(value -> new Headers.Field(name, value))).toList());
    }

    /** Categories that the guard has left in the prompt have a {@code !} before them. */
    static boolean isGuarded(HandOver handOver) {
        Optional<String> verdict = handOver.get(HandOver.GUARD_VERDICT);
        boolean unmasked = handOver.get(HandOver.GUARD_CATEGORIES).filter(categories -> categories.contains("!")).isPresent();
        boolean failed = handOver.get(HandOver.FAIL_OPEN).stream().flatMap(names -> Stream.of(names.split(","))).anyMatch("guard"::equals);
        return verdict.isPresent() && !unmasked && !failed;
    }

    /** Never shows who asks. */
    @Override
    public String toString() {
        return "Circumstances[" + identity + ", guarded " + guarded + "]";
    }
}
