package dev.gatehouse.crd;

import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.limit.TokenRateLimitOverride;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.risk.ResponseRiskPolicy;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import io.fabric8.crdv2.generator.CustomResourceInfo;
import io.fabric8.kubernetes.model.Scope;
import java.util.List;
import java.util.Locale;

/**
 * A kind as Kubernetes names it.
 *
 * @param type       the policy's record
 * @param plural     in small letters
 * @param shortName  for {@code kubectl get}
 * @param hasTargets whether it is a policy in the sense of GEP-713
 */
record Definition(Class<? extends Record> type, String plural, String shortName, boolean hasTargets) {

    /** All kinds that exist. */
    static final List<Definition> ALL = List.of(
            new Definition(PromptGuardPolicy.class, "promptguardpolicies", "pgp", true),
            new Definition(TokenRateLimitPolicy.class, "tokenratelimitpolicies", "trlp", true),
            new Definition(TokenRateLimitOverride.class, "tokenratelimitoverrides", "trlo", false),
            new Definition(SemanticRoutingPolicy.class, "semanticroutingpolicies", "srp", true),
            new Definition(SemanticCachePolicy.class, "semanticcachepolicies", "scp", true),
            new Definition(ResponseRiskPolicy.class, "responseriskpolicies", "rrp", true));

    /** GEP-713: a policy of a Gateway holds for its routes, unless a route has one of its own. */
    private static final String[] LABELS = {"gateway.networking.k8s.io/policy=Inherited"};
    /** Without its CRD a policy is gone: uninstalling the chart leaves it. */
    private static final String[] ANNOTATIONS = {"helm.sh/resource-policy=keep"};
    private static final String VERSION = PolicyKind.API_VERSION.substring(PolicyKind.GROUP.length() + 1);

    String kind() {
        return type.getSimpleName();
    }

    CustomResourceInfo info() {
        return new CustomResourceInfo(PolicyKind.GROUP, VERSION, kind(), kind().toLowerCase(Locale.ROOT), plural, new String[] {shortName},
                new String[] {"gatehouse"}, true, true, false, null, Scope.NAMESPACED, type, type.getName(), type.getName(),
                PolicyAncestors.class.getName(), ANNOTATIONS, hasTargets ? LABELS : new String[0]);
    }
}
