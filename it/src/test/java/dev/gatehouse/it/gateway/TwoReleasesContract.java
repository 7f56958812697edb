package dev.gatehouse.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.it.chain.Await;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Client;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two features of two releases with their policies on a real API server, whichever gateway they are attached to. */
interface TwoReleasesContract {

    TwoReleases bed();

    /** The name by which the gateway signs what it says of a route. */
    String controller();

    @Test
    default void thePoliciesAreAcceptedAndProgrammed() throws Exception {
        for (String plural : List.of("tokenratelimitpolicies", "promptguardpolicies")) {
            Await.until(plural + " are programmed", () -> bed().ofPolicy("gatehouse.dev/v1alpha1", TwoReleases.APPS, plural + "/on-api")
                    .containsAll(List.of("Accepted=True", "Programmed=True")));
        }
    }

    /** The gateway writes its own word on the same objects, at the same time; each leaves the other's. */
    @Test
    default void routeAndGatewayAreToldWhichPoliciesActOnThem() throws Exception {
        Await.until("the route has the words of all three", () -> parents().containsAll(List.of(controller() + " Accepted",
                "gatehouse.dev/gatehouse-guard gatehouse.dev/PromptGuardPolicyAffected", "gatehouse.dev/gatehouse-ratelimit gatehouse.dev/TokenRateLimitPolicyAffected")));
        Await.until("the Gateway has the words of both", () -> TwoReleases.conditions(bed().status("gateways/local"))
                .containsAll(List.of("Accepted=True", "gatehouse.dev/PromptGuardPolicyAffected=True")));
    }

    /** After the gateway has written its Gateway's status anew. */
    @Test
    default void bothSpeakOfAChangedGateway() throws Exception {
        String generation = bed().change("gateways/local", "{\"spec\": {\"infrastructure\": {\"labels\": {\"example.com/change\": \"one\"}}}}")
                .path("metadata").path("generation").asText();
        Await.until("conditions of both are of generation " + generation, () -> bed().status("gateways/local").path("conditions").valueStream()
                .filter(condition -> condition.path("observedGeneration").asText().equals(generation)).map(condition -> condition.path("type").asText()).toList()
                .containsAll(List.of("Accepted", "gatehouse.dev/PromptGuardPolicyAffected")));
    }

    @Test
    default void bothFeaturesOfTheTwoReleasesAreInTheWayInTheirOrder() throws Exception {
        String id = Client.newTestId();
        HttpResponse<String> first = bed().ask(id, "Write to ada@example.org", "team");
        assertThat(first.statusCode()).isEqualTo(200);
        Backend.Received received = bed().backend().received(id).orElseThrow();
        assertThat(received.headers().get("X-test-path")).containsExactly("ratelimit,guard");
        assertThat(received.text()).contains("Write to [EMAIL_1]");
        assertThat(bed().ask(Client.newTestId(), "Write to ada@example.org", "team").statusCode()).isEqualTo(429);
    }

    @Test
    default void anAppliedChangeIsLiveBehindTheGateway() throws Exception {
        assertThat(bed().ask(Client.newTestId(), "Tell me about project zanzibar", "before").statusCode()).isEqualTo(200);
        bed().block("zanzibar");
        Await.until("the new rule blocks", () -> bed().ask(Client.newTestId(), "Tell me about project zanzibar", Client.newTestId()).statusCode() == 400);
    }

    private List<String> parents() {
        return bed().status("httproutes/all").path("parents").valueStream().map(TwoReleasesContract::word).toList();
    }

    private static String word(JsonNode parent) {
        return parent.path("controllerName").asText() + " " + parent.path("conditions").path(0).path("type").asText();
    }
}
