package dev.gatehouse.policy.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Heads;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.route.Gateway;
import dev.gatehouse.policy.route.HttpRoute;
import dev.gatehouse.policy.route.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Gateway API's own cases: each backend has a policy, and a request gets that of the backend that a gateway must send it to. */
class ConformanceTest {

    private static final Map<String, Object> MAIN = Map.of("name", "main", "listeners", List.of(Map.of("name", "http")));

    @ParameterizedTest
    @MethodSource("cases")
    void theResolverFindsTheRouteThatTheGatewayMustTake(Map<String, Object> table) {
        Resolver<SemanticCachePolicy, String> resolver = new Resolver<>(policies(), topology(table).routes());
        for (Map<String, Object> request : list(table, "requests")) {
            String found = resolver.resolve(head(request)).map(resolution -> resolution.policy().compiled()).orElse(null);
            assertThat(found).as("%s", request).isEqualTo(request.get("to"));
        }
    }

    static Stream<Named<Map<String, Object>>> cases() throws IOException {
        try (InputStream file = ConformanceTest.class.getResourceAsStream("/conformance/httproutes.yaml")) {
            List<Map<String, Object>> all = new Yaml().load(file);
            return all.stream().map(table -> Named.of(table.get("name").toString(), table));
        }
    }

    private static Topology topology(Map<String, Object> table) {
        List<Gateway> gateways = Stream.concat(Stream.of(MAIN), list(table, "gateways").stream()).map(gateway -> object("Gateway", gateway, Map.of()))
                .map(document -> document.bindTolerantly(Gateway.class).value()).toList();
        Map<String, Object> onMain = Map.of("parentRefs", List.of(Map.of("name", "main")));
        List<HttpRoute> routes = list(table, "routes").stream().map(route -> object("HTTPRoute", route, onMain))
                .map(document -> document.bindTolerantly(HttpRoute.class).value()).toList();
        return new Topology(routes, gateways, List.of(), namespace -> true);
    }

    private static Document object(String kind, Map<String, Object> spec, Map<String, Object> standard) {
        Map<String, Object> whole = new LinkedHashMap<>(standard);
        whole.putAll(spec);
        Object name = whole.remove("name");
        return document(new Yaml().dump(Map.of("apiVersion", "gateway.networking.k8s.io/v1", "kind", kind, "metadata", Map.of("name", name), "spec", whole)));
    }

    private static List<CompiledPolicy<SemanticCachePolicy, String>> policies() {
        return Stream.of("a", "b", "c").map(backend -> {
            Document document = document("""
                    apiVersion: gatehouse.dev/v1alpha1
                    kind: SemanticCachePolicy
                    metadata: {name: of-%1$s}
                    spec: {targetRefs: [{kind: Service, name: %1$s}]}
                    """.formatted(backend));
            return new CompiledPolicy<>(document.bind(SemanticCachePolicy.class), backend, document.place(""));
        }).toList();
    }

    private static RequestHead head(Map<String, Object> request) {
        @SuppressWarnings("unchecked")
        Map<String, String> headers = (Map<String, String>) request.getOrDefault("headers", Map.of());
        String[] flat = headers.entrySet().stream().flatMap(header -> Stream.of(header.getKey(), header.getValue())).toArray(String[]::new);
        return Heads.head(request.getOrDefault("method", "GET").toString(), request.getOrDefault("host", "gateway.example.com").toString(),
                request.get("path").toString(), Headers.of(flat), Map.of(), Metadata.empty());
    }

    private static Document document(String text) {
        return Documents.parse("table.yaml", text).documents().getFirst();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> table, String member) {
        return (List<Map<String, Object>>) table.getOrDefault(member, List.of());
    }
}
