package dev.gatehouse.kubernetes.status;

import java.time.Duration;
import java.util.Optional;

/**
 * How the status of policies is written.
 *
 * @param controllerName of the status entries that are ours, e.g. {@code gatehouse.dev/guard}
 * @param namespace      where the service itself runs
 * @param lease          name of the Lease by which one of the replicas becomes the one that writes
 * @param identity       of this replica: its Pod's name
 * @param service        name of the service's own Service, whose ready endpoints are the replicas; without, this process is the only one
 * @param timing         of the Lease
 * @param refusals       how often refused requests are told of by Events
 * @param affected       whether Gateways and HTTPRoutes are told which policies act on them; needs the right to patch their status
 */
public record StatusSettings(String controllerName, String namespace, String lease, String identity, Optional<String> service, LeaseTiming timing,
        Duration refusals, boolean affected) {}
