package dev.gatehouse.policy.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.document.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopologyTest {

    private static final String GATEWAY = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge, namespace: infra}
            spec:
              listeners:
                - {name: open, allowedRoutes: {namespaces: {from: All}}}
                - {name: own}
                - {name: chosen, hostname: "*.example.com", allowedRoutes: {namespaces: {from: Selector}}}
            ---
            """;

    @Test
    void aRouteServesWhereAListenerAllowsItsNamespace() {
        assertThat(routes(GATEWAY + route("team", "{name: edge, namespace: infra, sectionName: open}"))).containsExactly("team/chat [a.example.com] [own]");
        assertThat(routes(GATEWAY + route("infra", "{name: edge, sectionName: own}"))).hasSize(1);
        assertThat(routes(GATEWAY + route("team", "{name: edge, namespace: infra, sectionName: own}"))).isEmpty();
        assertThat(routes(GATEWAY + route("team", "{name: edge, namespace: infra, sectionName: none}"))).isEmpty();
        assertThat(routes(GATEWAY + route("team", "{name: edge}"))).isEmpty();
    }

    @Test
    void theGatewaysOwnWordCountsMore() {
        String refused = "{name: edge, namespace: infra, sectionName: chosen}";
        assertThat(routes(GATEWAY + route("team", refused))).hasSize(1);
        assertThat(routes(GATEWAY + route("team", refused) + """
                status: {parents: [{parentRef: %s, controllerName: x, conditions: [{type: Accepted, status: "False", reason: NotAllowedByListeners}]}]}
                """.formatted(refused))).isEmpty();
    }

    @Test
    void hostnamesAreThoseThatRouteAndListenerHave() {
        assertThat(Hostnames.common(Optional.of("*.example.com"), List.of())).containsExactly("*.example.com");
        assertThat(Hostnames.common(Optional.of("*.example.com"), List.of("a.example.com", "a.example.org"))).containsExactly("a.example.com");
        assertThat(Hostnames.common(Optional.of("a.example.com"), List.of("*.example.com"))).containsExactly("a.example.com");
        assertThat(Hostnames.common(Optional.of("*.example.com"), List.of("*.b.example.com"))).containsExactly("*.b.example.com");
        assertThat(Hostnames.common(Optional.of("*.example.com"), List.of("example.com"))).isEmpty();
        assertThat(Hostnames.common(Optional.empty(), List.of())).containsExactly("");
    }

    @Test
    void aBackendInAnotherNamespaceNeedsAGrant() {
        String route = route("team", "{name: edge, namespace: infra, sectionName: open}").replace("{name: own}", "{name: own}, {name: llm, namespace: models}");
        String grant = """
                ---
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: g, namespace: models}
                spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: %s}], to: [{group: "", kind: Service%s}]}
                """;
        assertThat(routes(GATEWAY + route)).containsExactly("team/chat [a.example.com] [own]");
        assertThat(routes(GATEWAY + route + grant.formatted("team", ""))).containsExactly("team/chat [a.example.com] [own, llm]");
        assertThat(routes(GATEWAY + route + grant.formatted("team", ", name: llm"))).containsExactly("team/chat [a.example.com] [own, llm]");
        assertThat(routes(GATEWAY + route + grant.formatted("team", ", name: other"))).containsExactly("team/chat [a.example.com] [own]");
        assertThat(routes(GATEWAY + route + grant.formatted("others", ""))).containsExactly("team/chat [a.example.com] [own]");
    }

    private static String route(String namespace, String parent) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: chat, namespace: %s}
                spec: {parentRefs: [%s], hostnames: [a.example.com], rules: [{backendRefs: [{name: own}]}]}
                """.formatted(namespace, parent);
    }

    private static List<String> routes(String yaml) {
        List<HttpRoute> routes = new ArrayList<>();
        List<Gateway> gateways = new ArrayList<>();
        List<ReferenceGrant> grants = new ArrayList<>();
        for (Document document : Documents.parse("test.yaml", yaml).documents()) {
            switch (document.text("kind").orElseThrow()) {
                case HttpRoute.KIND -> routes.add(document.bindTolerantly(HttpRoute.class).value());
                case Gateway.KIND -> gateways.add(document.bindTolerantly(Gateway.class).value());
                default -> grants.add(document.bindTolerantly(ReferenceGrant.class).value());
            }
        }
        return new Topology(routes, gateways, grants, namespace -> true).routes().stream().map(TopologyTest::line).toList();
    }

    private static String line(HttpRoute route) {
        return route.metadata().qualifiedName() + " " + route.spec().hostnames() + " "
                + route.spec().rules().getFirst().backendRefs().stream().map(HttpRoute.BackendRef::name).toList();
    }
}
