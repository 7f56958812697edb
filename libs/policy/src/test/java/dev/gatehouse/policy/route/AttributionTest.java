package dev.gatehouse.policy.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.Heads;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.identity.WorkloadId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttributionTest {

    private static final RequestHead HEAD = Heads.post("a.example.com", "/v1/chat/completions");
    private static final RouteTable ROUTES = new RouteTable(List.of(Documents.parse("test.yaml", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: chat, namespace: team}
            spec:
              parentRefs: [{name: edge, namespace: infra, sectionName: http}, {name: edge, namespace: infra, sectionName: https}]
              hostnames: [a.example.com]
              rules: [{backendRefs: [{name: small}, {name: large, namespace: models}]}]
            """).documents().getFirst().bindTolerantly(HttpRoute.class).value()));

    @Test
    void aKnownRouteNamesItsOnlyGatewayAndItsBackends() {
        assertThat(Attribution.of(ROUTES.match(HEAD), HEAD)).isEqualTo(new Attribution("infra/edge", "team/chat", "team/small,models/large"));
    }

    @Test
    void whatTheHostSaysComesFirst() {
        RequestHead said = Heads.with(HEAD, Map.of("xds.cluster_name", "outbound|80||large.models.svc.cluster.local", "xds.listener_metadata",
                Map.of("envoy-gateway", Map.of("resources", List.of(Map.of("kind", "Gateway", "namespace", "infra", "name", "inner"))))));
        assertThat(Attribution.of(ROUTES.match(said), said)).isEqualTo(new Attribution("infra/inner", "team/chat", "models/large"));
    }

    @Test
    void withoutARouteOnlyTheHostsOwnNameIsKnown() {
        RequestHead named = Heads.with(HEAD, Map.of("xds.route_name", "some-route"));
        assertThat(Attribution.of(Optional.empty(), named)).isEqualTo(new Attribution("", "some-route", ""));
        assertThat(Attribution.of(Optional.empty(), HEAD)).isEqualTo(new Attribution("", "", ""));
    }

    @Test
    void theWorkloadIsThatOfTheCertificate() {
        RequestHead known = Heads.with(HEAD, Map.of("connection.uri_san_peer_certificate", "spiffe://cluster.local/ns/team/sa/agent"));
        assertThat(WorkloadId.of(known)).contains(new WorkloadId("team", "agent"));
        assertThat(WorkloadId.of(HEAD)).isEmpty();
        assertThat(WorkloadId.of("spiffe://cluster.local/team/agent")).isEmpty();
    }
}
