package dev.gatehouse.it.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * The rate limit and the guard behind a Gateway {@code local} with one HTTPRoute {@code all}, their policies on an API server.
 *
 * @param applied  takes what is applied here away at the end
 * @param listener where the gateway listens
 */
record TwoReleases(KubernetesApi api, Applied applied, Backend backend, URI listener) {

    /** Of Gateway, route and policies. */
    static final String APPS = "default";

    private static final String GATEWAY_API = "gateway.networking.k8s.io/v1";
    private static final String GUARD_RULES = "{name: mail, action: Mask, pii: {entities: [EMAIL]}}, {name: no-city, action: Block, patterns: [{name: city, pattern: timbuktu}]}";

    /** One of each feature on the route, and one of the guard on the Gateway. */
    void applyPolicies() {
        policy("TokenRateLimitPolicy", "limits: [{name: calls, key: [{header: x-team}], quota: {amount: 1, unit: Requests, window: 24h, algorithm: FixedWindow}}]");
        policy("PromptGuardPolicy", "rules: [" + GUARD_RULES + "]");
        applied.all(Yaml.documents("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: on-gateway, namespace: %s}
                spec: {targetRefs: [{kind: Gateway, name: local}], rules: [{name: seen, action: Report, signatures: {}}]}
                """.formatted(APPS)));
    }

    /** Has the guard of the route block this word too. */
    void block(String word) {
        policy("PromptGuardPolicy", "rules: [" + GUARD_RULES + ", {name: no-" + word + ", action: Block, patterns: [{name: word, pattern: " + word + "}]}]");
    }

    /** Applies a policy of that kind, named {@code on-api}, to the one route. */
    private void policy(String kind, String spec) {
        applied.all(Yaml.documents("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: %s
                metadata: {name: on-api, namespace: %s}
                spec:
                  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: all}]
                  timeout: 5s
                  %s
                """.formatted(kind, APPS, spec)));
    }

    HttpResponse<String> ask(String id, String text, String team) throws Exception {
        return Client.send(Client.chat(listener, id, Client.prompt(text)).header("x-team", team));
    }

    /** Merges into an object of the Gateway API. @param object plural and name */
    JsonNode change(String object, String patch) {
        return api.admin().merge("/apis/" + GATEWAY_API + "/namespaces/" + APPS + "/" + object, patch).orThrow();
    }

    /** Of an object of the Gateway API. @param object plural and name */
    JsonNode status(String object) {
        return status(GATEWAY_API, APPS, object);
    }

    /** Type and status of each condition of a policy's first ancestor. @param object plural and name */
    List<String> ofPolicy(String version, String namespace, String object) {
        return conditions(status(version, namespace, object).path("ancestors").path(0));
    }

    /** Type and status of each condition. */
    static List<String> conditions(JsonNode of) {
        return of.path("conditions").valueStream().map(condition -> condition.path("type").asText() + "=" + condition.path("status").asText()).toList();
    }

    private JsonNode status(String version, String namespace, String object) {
        return api.admin().get("/apis/" + version + "/namespaces/" + namespace + "/" + object).orThrow().path("status");
    }
}
