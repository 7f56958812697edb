package dev.gatehouse.policy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.Heads;
import dev.gatehouse.policy.route.Attribution;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {

    private static final RequestHead HEAD = Heads.post("a.example.com", "/v1/chat/completions");
    private static final String SPIFFE = "spiffe://cluster.local/ns/team/sa/agent";
    private static final Attribution WHERE = new Attribution("infra/edge", "team/chat", "team/llm");

    @ParameterizedTest
    @ValueSource(strings = {"connection.uri_san_peer_certificate", "source.principal", "filter_state['io.istio.peer_principal']", "filter_state[\"io.istio.peer_principal\"]"})
    void theWorkloadIsOfTheSpiffeIdThatTheHostSays(String attribute) {
        assertThat(WorkloadId.of(Heads.with(HEAD, Map.of(attribute, SPIFFE)))).contains(new WorkloadId("team", "agent"));
        assertThat(WorkloadId.of(Heads.with(HEAD, Map.of(attribute, "CN=agent")))).isEmpty();
    }

    @Test
    void aHostMayNameItInWordsOfItsOwn() {
        assertThat(WorkloadId.of(Heads.with(HEAD, Map.of("source.namespace", "team", "source.service_account", "agent")))).contains(new WorkloadId("team", "agent"));
        assertThat(WorkloadId.of(Heads.with(HEAD, Map.of("source.namespace", "team"))).map(WorkloadId::qualified)).contains("");
        assertThat(WorkloadId.of(Heads.with(HEAD, Map.of("source.namespace", "other", "source.principal", SPIFFE)))).contains(new WorkloadId("team", "agent"));
    }

    @Test
    void whatClientsAndOwnersOfPodsCanWriteIsNotAsked() {
        RequestHead claims = Heads.post("a.example.com", "/", "x-forwarded-client-cert", "URI=" + SPIFFE, "source.principal", SPIFFE);
        assertThat(WorkloadId.of(claims)).isEmpty();
        assertThat(WorkloadId.of(Heads.with(HEAD, Map.of("source.labels", Map.of("namespace", "team"), "source.service", "agent.team")))).isEmpty();
    }

    @Test
    void thePrincipalOfATrustedCertificateStandsInForIt() {
        Provenance unknown = Provenance.of(Optional.empty(), HEAD);
        assertThat(unknown.by(identity(SPIFFE)).source()).contains(new WorkloadId("team", "agent"));
        assertThat(unknown.by(identity("claimed:" + SPIFFE)).source()).isEmpty();
        Provenance known = new Provenance(WHERE, Optional.of(new WorkloadId("other", "one")));
        assertThat(known.by(identity(SPIFFE)).source()).contains(new WorkloadId("other", "one"));
    }

    private static Identity identity(String principal) {
        return new Identity(Optional.of(principal), Optional.empty(), Optional.empty());
    }

    @Test
    void aServiceHandsOverWhatItKnowsAndIsNotSaidAlready() {
        Provenance known = new Provenance(WHERE, Optional.of(new WorkloadId("team", "agent")));
        assertThat(known.handOver("guard", HandOver.none()).values()).containsOnly(Map.entry("gateway", "infra/edge"), Map.entry("http_route", "team/chat"),
                Map.entry("backend", "team/llm"), Map.entry("source_namespace", "team"), Map.entry("source_service_account", "agent"));
        HandOver before = known.handOver("guard", HandOver.none());
        assertThat(known.handOver("response-risk", before).isEmpty()).isTrue();
        Provenance rerouted = new Provenance(new Attribution("infra/edge", "team/large", ""), Optional.empty());
        assertThat(rerouted.handOver("response-risk", before).values()).containsOnly(Map.entry("http_route", "team/large"));
    }

    @Test
    void aLogLineNamesAllOfIt() {
        assertThat(new Provenance(WHERE, Optional.empty())).hasToString("gateway=infra/edge route=team/chat backend=team/llm namespace= service_account=");
    }
}
