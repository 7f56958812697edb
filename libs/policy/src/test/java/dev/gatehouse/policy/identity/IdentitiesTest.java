package dev.gatehouse.policy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.Heads;
import dev.gatehouse.policy.document.Documents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentitiesTest {

    private final Identities identities = new Identities(KeyedHash.of("a secret of the tests only".getBytes(StandardCharsets.UTF_8)));

    @Test
    void aClaimOfTheJwtIsThePrincipalAndAnotherTheTenant() {
        IdentityBlock block = block("""
                principal: [{metadata: {namespace: envoy.filters.http.jwt_authn, path: [payload, sub]}}]
                tenant: [{metadata: {namespace: envoy.filters.http.jwt_authn, path: [payload, 'https://acme.example/org']}}]
                """);
        RequestHead head = jwt(Map.of("sub", "alice", "https://acme.example/org", "acme"));
        assertThat(identities.resolve(block, head)).isEqualTo(new Identity(Optional.of("alice"), Optional.of("acme"), Optional.empty()));
    }

    @Test
    void withoutABlockTheHandOverComesFirstThenJwtThenCertificateThenKey() {
        RequestHead bare = Heads.post("h", "/", "authorization", "Bearer sk-123");
        RequestHead certified = Heads.with(bare, Map.of("connection.uri_san_peer_certificate", "spiffe://td/ns/ai/sa/app"));
        RequestHead withJwt = Heads.with(certified, new Metadata(Map.of("envoy.filters.http.jwt_authn", Map.of("payload", Map.of("sub", "alice", "iss", "https://idp")))));
        RequestHead handedOver = Heads.with(withJwt, Metadata.of(HandOver.NAMESPACE, Map.of("principal", "known", "tenant", "acme")));
        assertThat(principal(IdentityBlock.DEFAULT, bare)).get().asString().matches("key:[0-9a-f]{64}");
        assertThat(principal(IdentityBlock.DEFAULT, certified)).contains("spiffe://td/ns/ai/sa/app");
        assertThat(principal(IdentityBlock.DEFAULT, withJwt)).contains("https://idp|alice");
        assertThat(identities.resolve(IdentityBlock.DEFAULT, handedOver)).isEqualTo(new Identity(Optional.of("known"), Optional.of("acme"), Optional.empty()));
    }

    @Test
    void twoIssuersEqualSubjectsAreTwoPrincipals() {
        RequestHead one = jwt(Map.of("sub", "1", "iss", "https://a"));
        RequestHead other = jwt(Map.of("sub", "1", "iss", "https://b"));
        assertThat(principal(IdentityBlock.DEFAULT, one)).isNotEqualTo(principal(IdentityBlock.DEFAULT, other));
    }

    @Test
    void anApiKeyIsNeverKeptAndItsSchemeDoesNotMatter() {
        Optional<String> principal = principal(IdentityBlock.DEFAULT, Heads.post("h", "/", "authorization", "Bearer sk-123"));
        assertThat(principal).get().asString().doesNotContain("sk-123");
        assertThat(principal).isEqualTo(principal(IdentityBlock.DEFAULT, Heads.post("h", "/", "authorization", "bearer   sk-123 ")))
                .isEqualTo(principal(IdentityBlock.DEFAULT, Heads.post("h", "/", "x-api-key", "sk-123")))
                .isNotEqualTo(principal(IdentityBlock.DEFAULT, Heads.post("h", "/", "x-api-key", "sk-124")));
    }

    @Test
    void litellmOidcCacheCollisionLongTokensWithEqualPrefixesAreDifferentPrincipals() {
        String prefix = "eyJhbGciOiJSUzI1NiJ9.".repeat(100);
        assertThat(principal(IdentityBlock.DEFAULT, Heads.post("h", "/", "authorization", "Bearer " + prefix + "a")))
                .isNotEqualTo(principal(IdentityBlock.DEFAULT, Heads.post("h", "/", "authorization", "Bearer " + prefix + "b")));
    }

    @Test
    void aHeaderIsBelievedOnlyWhereThePolicyDeclaresIt() {
        RequestHead head = Heads.post("h", "/", "x-user", "mallory");
        assertThat(principal(IdentityBlock.DEFAULT, head)).isEmpty();
        assertThat(principal(block("principal: [{header: {name: X-User, setBy: {name: edge}}}]"), head)).contains("mallory");
    }

    @Test
    void aHeaderOfAnotherGatewayThanDeclaredIsNotBelieved() {
        IdentityBlock block = block("principal: [{header: {name: x-user, setBy: {name: edge, namespace: infra}}}]");
        RequestHead head = Heads.post("h", "/", "x-user", "alice");
        assertThat(principal(block, Heads.with(head, through("infra", "edge")))).contains("alice");
        assertThat(principal(block, Heads.with(head, through("infra", "public")))).isEmpty();
        assertThat(principal(block, Heads.with(head, through("other", "edge")))).isEmpty();
    }

    @Test
    void aHeaderThatCameTwiceSaysNothing() {
        IdentityBlock block = block("principal: [{header: {name: x-user, setBy: {name: edge}}}]");
        assertThat(principal(block, Heads.post("h", "/", "x-user", "alice", "x-user", "mallory"))).isEmpty();
    }

    @Test
    void aForwardedCertificateIsBelievedOnlyWhereDeclaredAndOnlyTheNearestHop() {
        String header = "By=spiffe://td/gw;URI=spiffe://td/mallory,Hash=ab;Subject=\"CN=a,O=\\\"x;URI=spiffe://td/fake\\\"\";URI=spiffe://td/alice";
        RequestHead head = Heads.post("h", "/", "x-forwarded-client-cert", header);
        assertThat(principal(block("principal: [{clientCertificate: {}}]"), head)).isEmpty();
        assertThat(principal(block("principal: [{clientCertificate: {forwardedBy: {name: edge}}}]"), head)).contains("spiffe://td/alice");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            key:0123,          claimed:key:0123
            spiffe://td/admin, claimed:spiffe://td/admin
            claimed:x,         claimed:claimed:x
            alice,             alice
            """)
    void aClaimCannotReadAsAKeyOrACertificate(String claim, String principal) {
        assertThat(principal(block("principal: [{metadata: {namespace: envoy.filters.http.jwt_authn, path: [payload, sub]}}]"), jwt(Map.of("sub", claim))))
                .contains(principal);
    }

    @Test
    void cve202642208HostileClaimsAreTakenWholeAndBounded() {
        IdentityBlock block = block("principal: [{metadata: {namespace: envoy.filters.http.jwt_authn, path: [payload, sub]}}]");
        assertThat(principal(block, jwt(Map.of("sub", "' OR 1=1 --\r\nFLUSHALL")))).contains("' OR 1=1 --\r\nFLUSHALL");
        assertThat(principal(block, jwt(Map.of("sub", "x".repeat(100_000))))).get().asString().hasSizeLessThan(100);
        assertThat(principal(block, jwt(Map.of("sub", " ")))).isEmpty();
        assertThat(principal(block, jwt(Map.of("sub", List.of("a"))))).isEmpty();
    }

    @Test
    void theConversationIsTheHeadersElseTheProvidersElseTheFirstTurns() {
        IdentityBlock block = block("conversation: {header: x-conversation}");
        RequestHead with = Heads.post("h", "/", "x-conversation", "c1");
        RequestHead without = Heads.post("h", "/");
        List<Optional<String>> ids = List.of(
                conversation(block, with, "alice", new Conversation(Optional.of("p1"), "system", "hello")),
                conversation(block, without, "alice", new Conversation(Optional.of("p1"), "system", "hello")),
                conversation(block, without, "alice", new Conversation(Optional.empty(), "system", "hello")),
                conversation(block, without, "alice", new Conversation(Optional.empty(), "systemhello", "")));
        assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> assertThat(id).get().asString().matches("conversation:[0-9a-f]{64}"));
        assertThat(conversation(block, without, "alice", new Conversation(Optional.empty(), "", ""))).isEmpty();
    }

    @Test
    void nobodyCanNameAnothersConversation() {
        IdentityBlock block = block("conversation: {header: x-conversation}");
        RequestHead head = Heads.post("h", "/", "x-conversation", "c1");
        Conversation prompt = new Conversation(Optional.empty(), "system", "hello");
        assertThat(Stream.of("alice", "mallory").map(who -> conversation(block, head, who, prompt))).doesNotHaveDuplicates();
    }

    @Test
    void anIdentityShowsNobody() {
        Identity identity = new Identity(Optional.of("alice@example.com"), Optional.empty(), Optional.empty());
        assertThat(identity.toString()).isEqualTo("Identity[principal known, tenant unknown, conversation unknown]");
        assertThat(new Conversation(Optional.of("id"), "secret", "turn").toString()).doesNotContain("secret");
    }

    private Optional<String> principal(IdentityBlock block, RequestHead head) {
        return identities.resolve(block, head).principal();
    }

    private Optional<String> conversation(IdentityBlock block, RequestHead head, String principal, Conversation conversation) {
        return identities.withConversation(new Identity(Optional.of(principal), Optional.empty(), Optional.empty()), block, head, conversation).conversation();
    }

    private static RequestHead jwt(Map<String, Object> payload) {
        return Heads.with(Heads.post("h", "/"), Metadata.of("envoy.filters.http.jwt_authn", Map.of("payload", payload)));
    }

    private static Map<String, Object> through(String namespace, String gateway) {
        return Map.of("xds.listener_metadata", Map.of("envoy-gateway", Map.of("resources", List.of(
                Map.of("kind", "Gateway", "namespace", namespace, "name", gateway, "sectionName", "https")))));
    }

    private static IdentityBlock block(String yaml) {
        return Documents.parse("identity.yaml", yaml).documents().getFirst().bind(IdentityBlock.class);
    }

    @Test
    void theFirstServiceHandsTheIdentityOverAndLaterOnesDoNotWriteItAgain() {
        Identity identity = new Identity(Optional.of("ada"), Optional.of("acme"), Optional.empty());
        HandOver first = identity.handOver("guard", HandOver.none());
        assertThat(first.get(HandOver.PRINCIPAL)).contains("ada");
        assertThat(first.get(HandOver.TENANT)).contains("acme");
        assertThat(identity.handOver("cache", first).isEmpty()).isTrue();
    }
}
