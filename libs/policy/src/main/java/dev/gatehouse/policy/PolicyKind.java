package dev.gatehouse.policy;

import dev.gatehouse.policy.document.InvalidField;
import java.util.List;

/**
 * A kind of policy in {@code gatehouse.dev/v1alpha1}. Each feature defines its own as a record of records; reading it needs no more
 * code than that.
 *
 * @param name the kind, which is the record's name, e.g. {@code PromptGuardPolicy}
 * @param type the record
 */
public record PolicyKind<P extends Record & Policy>(String name, Class<P> type) {

    public static final String GROUP = "gatehouse.dev";
    public static final String API_VERSION = GROUP + "/v1alpha1";

    /** All kinds of the group: another service's kind is passed over, a misspelt one is a fault. */
    public static final List<String> NAMES = List.of(
            "PromptGuardPolicy", "TokenRateLimitPolicy", "TokenRateLimitOverride", "SemanticRoutingPolicy", "SemanticCachePolicy",
            "ResponseRiskPolicy", "FailoverPolicy");

    public static <P extends Record & Policy> PolicyKind<P> of(Class<P> type) {
        return new PolicyKind<>(type.getSimpleName(), type);
    }

    /** Refuses another version or kind; for the compact constructors of policy records. */
    public static void check(String apiVersion, String kind, Class<?> type) {
        InvalidField.check(API_VERSION.equals(apiVersion), "apiVersion", "must be " + API_VERSION + ", is " + apiVersion);
        InvalidField.check(type.getSimpleName().equals(kind), "kind", "must be " + type.getSimpleName() + ", is " + kind);
    }
}
