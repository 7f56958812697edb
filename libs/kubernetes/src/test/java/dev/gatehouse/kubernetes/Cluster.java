package dev.gatehouse.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What tests need around an API server: clients, documents, and patience. */
final class Cluster {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    private Cluster() {}

    static KubernetesClient client(KubernetesApi api, String token) {
        return client(api, api.url().toString(), token);
    }

    /** @param url of the server or of a proxy before it */
    static KubernetesClient client(KubernetesApi api, String url, String token) {
        Config config = new ConfigBuilder(Config.empty()).withMasterUrl(url).withOauthToken(token).withCaCertFile(api.caFile().toString())
                .withWatchReconnectInterval(500).build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** A policy that looks for signatures; a rule {@code refused} is one that the test's compiler refuses. */
    static String policy(String namespace, String name, String target, String rule) {
        return """
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: %s, namespace: %s}
                spec:
                  targetRefs: [%s]
                  rules: [{name: %s, action: Block, signatures: {}}]
                """.formatted(name, namespace, target, rule);
    }

    static String gateway(String namespace, String name, String from) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: %s, namespace: %s}
                spec:
                  gatewayClassName: any
                  listeners: [{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: %s}}}]
                """.formatted(name, namespace, from);
    }

    static String route(String namespace, String name, String parent, String host, String backend) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: %s, namespace: %s}
                spec:
                  parentRefs: [%s]
                  hostnames: [%s]
                  rules: [{backendRefs: [%s]}]
                """.formatted(name, namespace, parent, host, backend);
    }

    static String namespace(String name) {
        return "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + "}\n";
    }

    /** The rules' names, which tell the policies of the tests apart. */
    static String compile(PromptGuardPolicy policy) {
        InvalidField.check(policy.spec().rules().stream().noneMatch(rule -> rule.name().equals("refused")), "spec.rules[0].name", "is refused");
        return policy.spec().rules().getFirst().name();
    }

    /** Asks until the answer is right, or until patience ends; the last answer. The API has no other way to say that a status has come. */
    static <T> T eventually(Supplier<T> ask, Predicate<T> right) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T answer = ask.get();
        while (!right.test(answer) && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL.toNanos());
            answer = ask.get();
        }
        return answer;
    }

    static JsonNode policy(KubernetesApi api, String namespace, String name) {
        return api.admin().get(path(namespace, name)).body();
    }

    static String path(String namespace, String name) {
        return "/apis/gatehouse.dev/v1alpha1/namespaces/" + namespace + "/promptguardpolicies/" + name;
    }
}
