package dev.gatehouse.it.chart;

import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.util.Set;
import java.util.stream.Stream;

/** CRDs of others that charts and examples have objects of. */
final class FurtherCrds {

    private static final Set<String> WANTED = Set.of(
            "servicemonitors.monitoring.coreos.com", "prometheusrules.monitoring.coreos.com", "certificates.cert-manager.io",
            "inferencepools.inference.networking.k8s.io", "inferencepoolimports.inference.networking.x-k8s.io",
            "inferenceobjectives.inference.networking.x-k8s.io", "serviceimports.multicluster.x-k8s.io", "serviceexports.multicluster.x-k8s.io");

    private FurtherCrds() {}

    static void install(KubernetesApi api) {
        api.install(Stream.of(Binaries.prometheusCrds(), Binaries.certManagerCrds(), Binaries.inferenceCrds(), Binaries.multiClusterCrds())
                .flatMap(folder -> Yaml.folder(folder).stream())
                .filter(object -> WANTED.contains(object.path("metadata").path("name").asText())).toList());
        api.install(Yaml.folder(Binaries.envoyGatewayCrds()));
    }
}
