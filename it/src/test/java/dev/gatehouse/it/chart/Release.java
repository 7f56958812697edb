package dev.gatehouse.it.chart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.it.chain.Machine;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Replica;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A release of a feature's chart on an API server without kubelets and controllers: the server has its ServiceAccount, rights, Secrets and Service;
 * its pods are processes of this machine with the variables and files of its Deployment; its EndpointSlice is written by {@link #ready}.
 */
public final class Release {

    private final KubernetesApi api;
    private final Helm helm;
    private final String feature;
    private final List<JsonNode> objects;

    private Release(KubernetesApi api, Helm helm, String feature, List<JsonNode> objects) {
        this.api = api;
        this.helm = helm;
        this.feature = feature;
        this.objects = objects;
    }

    /** Applies what the server needs. @param sets as of {@code --set} */
    public static Release install(KubernetesApi api, Helm helm, String feature, String name, List<String> sets) {
        Release release = new Release(api, helm, feature, helm.template("gatehouse-" + feature, name, sets));
        release.onServer().forEach(object -> api.tryApply(object, "").orThrow());
        return release;
    }

    /** What the server has of it. */
    public List<JsonNode> onServer() {
        return objects.stream().filter(object -> object.path("kind").asText().matches("(Cluster)?Role(Binding)?|ServiceAccount|Service|Secret")).toList();
    }

    /** Of its Deployment, Service, ServiceAccount and Lease. */
    public String name() {
        return deployment().path("metadata").path("name").asText();
    }

    /** One of its pods. Where it listens is for this machine to say, and it ends without waiting for gateways to learn of that. */
    public Member pod(String pod) throws IOException {
        PodFiles files = files(pod).mount();
        Map<String, String> all = new HashMap<>(Rendered.variables(deployment()).filter(each -> !each.path("name").asText().endsWith("_PORT"))
                .collect(Collectors.toMap(each -> each.path("name").asText(), each -> files.here(value(each, pod)))));
        all.putAll(Map.of("GATEHOUSE_BIND", "0.0.0.0", "GATEHOUSE_DRAIN_DELAY", "0S",
                "KUBECONFIG", api.kubeconfig(api.serviceAccount(helm.namespace(), name())).toString()));
        return Member.of(feature).with(all);
    }

    /** Brings the Secrets into a pod as they are now, which takes a kubelet up to a minute or two. */
    public void refresh(String pod) throws IOException {
        files(pod).mount();
    }

    private PodFiles files(String pod) {
        return new PodFiles(helm.home().resolve(pod), deployment().path("spec").path("template").path("spec"),
                secret -> api.admin().get("/api/v1/namespaces/" + helm.namespace() + "/secrets/" + secret).orThrow());
    }

    private String value(JsonNode variable, String pod) {
        return switch (variable.path("valueFrom").path("fieldRef").path("fieldPath").asText()) {
            case "metadata.namespace" -> helm.namespace();
            case "metadata.name" -> pod;
            default -> variable.path("value").asText();
        };
    }

    /** Writes an EndpointSlice for each of these pods in place of those of before. */
    public void ready(Replica... pods) throws IOException {
        String slices = "/apis/discovery.k8s.io/v1/namespaces/" + helm.namespace() + "/endpointslices";
        Set<String> gone = new HashSet<>(api.admin().get(slices + "?labelSelector=kubernetes.io/service-name%3D" + name()).orThrow().path("items").valueStream()
                .map(slice -> slice.path("metadata").path("name").asText()).toList());
        for (Replica pod : pods) {
            JsonNode slice = slice(pod);
            api.tryApply(slice, "").orThrow();
            gone.remove(slice.path("metadata").path("name").asText());
        }
        gone.forEach(slice -> api.admin().delete(slices + "/" + slice).orThrow());
    }

    private JsonNode slice(Replica pod) throws IOException {
        return Yaml.documents("""
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %1$s-%4$d, namespace: %2$s, labels: {kubernetes.io/service-name: %1$s}}
                addressType: IPv4
                ports:
                  - {name: grpc, port: %3$d, protocol: TCP}
                  - {name: management, port: %4$d, protocol: TCP}
                  - {name: http, port: %6$d, protocol: TCP}
                endpoints: [{addresses: ["%5$s"], conditions: {ready: true}}]
                """.formatted(name(), helm.namespace(), pod.grpcPort(), pod.management().getPort(), Machine.address().getHostAddress(), pod.httpPort())).getFirst();
    }

    private JsonNode deployment() {
        return objects.stream().filter(object -> Rendered.isOf(object, "Deployment")).findFirst().orElseThrow();
    }
}
