package dev.gatehouse.kubernetes.status;

import dev.gatehouse.kubernetes.watch.ObjectType;
import dev.gatehouse.kubernetes.watch.Watch;
import dev.gatehouse.policy.status.Programming;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The ready replicas of a service, by the EndpointSlices of its Service, and what they run, by their page {@code GET /v1/policies}. One that
 * does not answer runs nothing that we know of.
 */
final class Replicas implements AutoCloseable {

    private static final String PORT = "management";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Watch slices;
    private final KubernetesSerialization json;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @param onChange called when a replica has come or gone */
    Replicas(KubernetesClient client, String namespace, String service, Runnable onChange) {
        this.json = client.getKubernetesSerialization();
        this.slices = Watch.labelled(client, ObjectType.ENDPOINT_SLICE, namespace, Map.of("kubernetes.io/service-name", service), onChange);
    }

    void start() {
        slices.start();
    }

    /** Asks all of them at the same time. */
    Programming ask() {
        List<CompletableFuture<Set<Programming.Running>>> answers = slices.objects().stream().flatMap(this::pages).distinct().map(this::ask).toList();
        return new Programming(answers.stream().map(CompletableFuture::join).toList());
    }

    private Stream<URI> pages(GenericKubernetesResource slice) {
        Map<String, Object> fields = slice.getAdditionalProperties();
        return maps(fields.get("ports")).filter(port -> PORT.equals(port.get("name"))).map(port -> port.get("port"))
                .flatMap(port -> maps(fields.get("endpoints")).filter(Replicas::isReady)
                        .flatMap(endpoint -> strings(endpoint.get("addresses")).limit(1)).map(address -> page(address, port)));
    }

    /** Absent means ready, as the API says. */
    private static boolean isReady(Map<?, ?> endpoint) {
        return !(endpoint.get("conditions") instanceof Map<?, ?> conditions) || !Boolean.FALSE.equals(conditions.get("ready"));
    }

    private static URI page(String address, Object port) {
        String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
        return URI.create("http://" + host + ":" + port + "/v1/policies");
    }

    private CompletableFuture<Set<Programming.Running>> ask(URI page) {
        HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> response.statusCode() == 200 ? running(response.body()) : Set.<Programming.Running>of())
                .exceptionally(failure -> Set.of());
    }

    private Set<Programming.Running> running(String page) {
        Set<Programming.Running> running = new HashSet<>();
        maps(json.unmarshal(page, List.class)).forEach(policy -> {
            if (policy.get("kind") instanceof String kind && policy.get("uid") instanceof String uid && policy.get("generation") instanceof Number generation) {
                running.add(new Programming.Running(kind, uid, generation.longValue()));
            }
        });
        return running;
    }

    private static Stream<Map<?, ?>> maps(Object list) {
        return list instanceof List<?> items ? items.stream().filter(Map.class::isInstance).map(item -> (Map<?, ?>) item) : Stream.empty();
    }

    private static Stream<String> strings(Object list) {
        return list instanceof List<?> items ? items.stream().map(Object::toString) : Stream.empty();
    }

    @Override
    public void close() {
        slices.close();
        http.close();
    }
}
