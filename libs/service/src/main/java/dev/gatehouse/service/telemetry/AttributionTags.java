package dev.gatehouse.service.telemetry;

import dev.gatehouse.policy.identity.WorkloadId;
import dev.gatehouse.policy.route.Attribution;
import io.micrometer.core.instrument.Tags;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tags {@code gateway}, {@code route}, {@code backend}, {@code namespace} and {@code service_account} (of the client's workload). A process
 * tells {@link #MAX} combinations apart; all further ones are {@code other}, so that nobody can fill a registry with workloads.
 */
final class AttributionTags {

    /** The most combinations of one process. */
    static final int MAX = 1_000;

    private static final Tags OTHER = tags("other", "other", "other", "other", "other");

    private final Set<Tags> known = ConcurrentHashMap.newKeySet();

    Tags of(Attribution where, Optional<WorkloadId> source) {
        Tags tags = tags(where.gateway(), where.route(), where.backend(), source.map(WorkloadId::namespace).orElse(""),
                source.map(WorkloadId::serviceAccount).orElse(""));
        return known.contains(tags) || known.size() < MAX && known.add(tags) ? tags : OTHER;
    }

    private static Tags tags(String gateway, String route, String backend, String namespace, String serviceAccount) {
        return Tags.of("gateway", gateway, "route", route, "backend", backend, "namespace", namespace, "service_account", serviceAccount);
    }
}
