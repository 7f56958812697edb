package dev.gatehouse.testbed.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A real API server over a real etcd, on ports of its own, with the CRDs of Gateway API (experimental channel) and of Gatehouse.
 * Needs {@code GATEHOUSE_ETCD}, {@code GATEHOUSE_KUBE_APISERVER} and {@code GATEHOUSE_GATEWAY_API_CRDS}; a test is skipped without.
 */
public final class KubernetesApi implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static KubernetesApi shared;

    private final Path folder;
    private final ControlPlane plane;
    private final HttpClient http;
    private final Api admin;
    private final Paths paths;

    private KubernetesApi(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        this.plane = new ControlPlane(folder);
        this.http = HttpClient.newBuilder().sslContext(plane.credentials().trust()).connectTimeout(Duration.ofSeconds(5)).build();
        this.admin = as(plane.credentials().adminToken());
        this.paths = new Paths(admin);
    }

    /** The one of this JVM, started when it is first asked for (about 8 s) and ended with the JVM. Keep to a namespace of your own. */
    public static synchronized KubernetesApi require() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** One of your own, to stop and to break. */
    public static KubernetesApi start() {
        Binaries.etcd();
        Binaries.apiServer();
        Path gatewayApi = Binaries.gatewayApiCrds();
        try {
            KubernetesApi api = new KubernetesApi(Files.createTempDirectory("kubernetes-"));
            Runtime.getRuntime().addShutdownHook(new Thread(api::close));
            api.install(Yaml.folder(gatewayApi.resolve("experimental")));
            api.install(Yaml.folder(gatehouseCrds()));
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The checked-in CRDs, of the repository that the working folder is in. */
    public static Path gatehouseCrds() {
        return repository().resolve(Path.of("helm", "gatehouse-crds", "templates"));
    }

    /** The repository's root, of which the working folder is a part. */
    public static Path repository() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("mvnw"))).findFirst().orElseThrow();
    }

    /** {@code https://127.0.0.1:PORT}; the port stays over {@link #crash}. */
    public URI url() {
        return plane.url();
    }

    /** PEM file with what to trust. */
    public Path caFile() {
        return plane.credentials().certificate();
    }

    /** Token of one who may do everything. */
    public String adminToken() {
        return plane.credentials().adminToken();
    }

    /** Plain requests as one who may do everything. */
    public Api admin() {
        return admin;
    }

    /** Plain requests as whose token it is. */
    public Api as(String token) {
        return new Api(http, url(), token);
    }

    /** A kubeconfig for whose token it is, to name in {@code KUBECONFIG}. */
    public Path kubeconfig(String token) {
        String text = """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts: [{name: test, context: {cluster: test, user: test}}]
                clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: test, user: {token: "%s"}}]
                """.formatted(url(), caFile(), token);
        try {
            return Files.writeString(Files.createTempFile(folder, "kubeconfig", ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the namespace if there is none. */
    public void namespace(String name) {
        admin.apply("/api/v1/namespaces/" + name, Yaml.documents("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}").getFirst()).orThrow();
    }

    /** A token of this service account, good for an hour; makes namespace and account if there are none. */
    public String serviceAccount(String namespace, String name) {
        namespace(namespace);
        String path = "/api/v1/namespaces/" + namespace + "/serviceaccounts/" + name;
        admin.apply(path, Yaml.documents("{apiVersion: v1, kind: ServiceAccount, metadata: {name: " + name + "}}").getFirst()).orThrow();
        JsonNode request = Yaml.documents("{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {expirationSeconds: 3600}}").getFirst();
        return admin.create(path + "/token", request).orThrow().path("status").path("token").asText();
    }

    /** Server-side apply of each document as one who may do everything. @throws IllegalStateException with the server's message */
    public void apply(String yaml) {
        Yaml.documents(yaml).forEach(object -> tryApply(object, "").orThrow());
    }

    /** Server-side apply of one object. @param query e.g. {@code ?dryRun=All}, or empty */
    public Api.Answer tryApply(JsonNode object, String query) {
        return admin.apply(paths.of(object) + query, object);
    }

    /** Deletes an object at once, also where a controller that has gone wanted to see it first (finalizers). */
    public void remove(JsonNode object) {
        admin().merge(path(object), "{\"metadata\": {\"finalizers\": null}}");
        admin().delete(path(object));
    }

    /** The object's path, e.g. to get or delete it. */
    public String path(JsonNode object) {
        return paths.of(object);
    }

    /** Applies CRDs, at the same time, and waits until their kinds are served; other objects of the list are applied after them. */
    public void install(List<JsonNode> objects) {
        List<JsonNode> crds = objects.stream().filter(object -> object.path("kind").asText().equals("CustomResourceDefinition")).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            crds.stream().map(crd -> threads.submit(() -> installCrd((ObjectNode) crd))).toList().forEach(KubernetesApi::join);
        }
        objects.stream().filter(object -> !crds.contains(object)).forEach(object -> tryApply(object, "").orThrow());
    }

    private void installCrd(ObjectNode crd) {
        String path = paths.of(crd);
        tryApply(crd, "").orThrow();
        Instant end = Instant.now().plus(PATIENCE);
        while (!isEstablished(admin.get(path).orThrow())) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(path + " is not established: " + admin.get(path).body().path("status"));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static boolean isEstablished(JsonNode crd) {
        return crd.path("status").path("conditions").valueStream()
                .anyMatch(condition -> condition.path("type").asText().equals("Established") && condition.path("status").asText().equals("True"));
    }

    /** Ends API server and etcd as a crash of both does. */
    public void crash() {
        plane.kill();
    }

    /** Starts both again on what etcd had, at the same addresses, and waits until the API server is ready. */
    public void restart() {
        plane.start();
    }

    /** What this service account has asked of the server since its start, refused requests too, in the order of the answers. */
    public List<Asked> asked(String namespace, String account) {
        return plane.audit().of("system:serviceaccount:" + namespace + ":" + account);
    }

    @Override
    public void close() {
        plane.kill();
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void join(Future<?> task) {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
