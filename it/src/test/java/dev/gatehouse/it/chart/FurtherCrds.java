package dev.gatehouse.it.chart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** CRDs of others that charts render objects of: those of the Prometheus operator and of cert-manager, where the test bed has them. */
final class FurtherCrds {

    private static final Set<String> WANTED = Set.of(
            "servicemonitors.monitoring.coreos.com", "prometheusrules.monitoring.coreos.com", "certificates.cert-manager.io");
    private static final Set<String> GROUPS = Set.of("monitoring.coreos.com", "cert-manager.io");

    private FurtherCrds() {}

    static void install(KubernetesApi api) {
        for (String variable : List.of("GATEHOUSE_PROMETHEUS_CRDS", "GATEHOUSE_CERT_MANAGER_CRDS")) {
            Optional.ofNullable(System.getenv(variable)).map(Path::of).map(Yaml::folder).ifPresent(objects ->
                    api.install(objects.stream().filter(object -> WANTED.contains(object.path("metadata").path("name").asText())).toList()));
        }
    }

    /** Whether the server has the object's kind. */
    static boolean areServed(KubernetesApi api, JsonNode object) {
        String version = object.path("apiVersion").asText();
        return !GROUPS.contains(version.replaceFirst("/.*", "")) || api.admin().get("/apis/" + version).isOk();
    }
}
