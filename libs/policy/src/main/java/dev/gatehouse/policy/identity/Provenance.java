package dev.gatehouse.policy.identity;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.route.Attribution;
import dev.gatehouse.policy.route.RouteRule;
import java.util.Optional;

/**
 * Whose request an exchange is: where it came in and where it goes, and from which workload. Names of Kubernetes' objects only, so that
 * it may stand in logs.
 */
public record Provenance(Attribution where, Optional<WorkloadId> source) {

    /** Of the rule that the request takes, where it is known, and of what the host says. */
    public static Provenance of(Optional<RouteRule> rule, RequestHead head) {
        return new Provenance(Attribution.of(rule, head), WorkloadId.of(head));
    }

    /** Where the host does not name the workload: that of the client's certificate, which a gateway has forwarded that the policy trusts to do so. */
    public Provenance by(Identity identity) {
        return source.isPresent() ? this : new Provenance(where, identity.principal().flatMap(WorkloadId::of));
    }

    /** What {@code feature} hands over of it: all that it knows and that is not said already. A later service knows the route better. */
    public HandOver handOver(String feature, HandOver before) {
        HandOver gateway = added(HandOver.none(), feature, HandOver.GATEWAY, where.gateway(), before);
        HandOver route = added(gateway, feature, HandOver.HTTP_ROUTE, where.route(), before);
        HandOver backend = added(route, feature, HandOver.BACKEND, where.backend(), before);
        HandOver namespace = added(backend, feature, HandOver.SOURCE_NAMESPACE, source.map(WorkloadId::namespace).orElse(""), before);
        return added(namespace, feature, HandOver.SOURCE_SERVICE_ACCOUNT, source.map(WorkloadId::serviceAccount).orElse(""), before);
    }

    private static HandOver added(HandOver to, String feature, HandOver.Key<String> key, String value, HandOver before) {
        return value.isEmpty() || before.get(key).filter(value::equals).isPresent() ? to : to.with(feature, key, value);
    }

    /** For log lines: {@code gateway=... route=... backend=... namespace=... service_account=...}, empty where unknown. */
    @Override
    public String toString() {
        return "gateway=%s route=%s backend=%s namespace=%s service_account=%s".formatted(where.gateway(), where.route(), where.backend(),
                source.map(WorkloadId::namespace).orElse(""), source.map(WorkloadId::serviceAccount).orElse(""));
    }
}
