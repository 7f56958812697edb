package dev.gatehouse.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every scenario of the guard over every attachment, through a real Envoy. For the inner loop {@code -Dscenario=} takes those with this
 * text in their name, {@code -Dattachment=} one attachment.
 */
class GuardScenariosTest {

    private static final Scenarios SCENARIOS =
            Scenarios.read(Path.of("..", "services", "guard", "src", "test", "resources", "scenarios"));
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Path config = Path.of("target", "scenario-config");
        SCENARIOS.writeConfig(config);
        chain = Chain.start("scenarios", config, false);
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
    }

    @TestFactory
    Stream<DynamicContainer> scenarios() {
        return SCENARIOS.all().stream().filter(scenario -> scenario.name().contains(System.getProperty("scenario", "")))
                .map(scenario -> DynamicContainer.dynamicContainer(scenario.name(),
                        chosenAttachments().map(attached -> test(scenario, attached))));
    }

    private static Stream<Attached> chosenAttachments() {
        String chosen = System.getProperty("attachment", "");
        return chosen.isEmpty() ? Arrays.stream(Attached.values()) : Stream.of(Attached.valueOf(chosen));
    }

    private DynamicTest test(Scenario scenario, Attached attached) {
        return DynamicTest.dynamicTest(scenario.name() + " [" + attached + "]", () -> run(scenario, attached));
    }

    private void run(Scenario scenario, Attached attached) throws Exception {
        String id = UUID.randomUUID().toString();
        HttpResponse<String> response = send(scenario, attached, id);
        Optional<Backend.Received> received = chain.backend().received(id);
        if (scenario.needs().stream().allMatch(attached::can)) {
            expect(scenario, response, received);
        } else {
            expectRefusal(attached, response, received);
        }
    }

    private HttpResponse<String> send(Scenario scenario, Attached attached, String id) throws Exception {
        URI address = URI.create(chain.listener(attached) + scenario.when().path());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("host", SCENARIOS.host(scenario))
                .header("x-test-id", id)
                .method(scenario.when().method(), HttpRequest.BodyPublishers.ofByteArray(scenario.when().body()));
        if (!scenario.when().headers().containsKey("content-type")) {
            request.header("content-type", "application/json");
        }
        scenario.when().headers().forEach(request::header);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void expect(Scenario scenario, HttpResponse<String> response, Optional<Backend.Received> received) {
        Scenario.Then then = scenario.then();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(then.status());
        then.has().forEach(text -> assertThat(response.body()).contains(text));
        then.lacks().forEach(text -> assertThat(response.body()).doesNotContain(text));
        assertThat(received.isPresent()).as("request reached the backend").isEqualTo(then.backend());
        received.ifPresent(request -> expectBackend(scenario, request));
    }

    private void expectBackend(Scenario scenario, Backend.Received request) {
        scenario.then().backendHas().forEach(text -> assertThat(request.text()).contains(text));
        scenario.then().backendLacks().forEach(text -> assertThat(request.text()).doesNotContain(text));
        if (scenario.then().sameBytes()) {
            assertThat(request.body()).isEqualTo(scenario.when().body());
        }
    }

    private void expectRefusal(Attached attached, HttpResponse<String> response, Optional<Backend.Received> received) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(attached == Attached.EXT_AUTHZ_HTTP ? 403 : 503);
        assertThat(response.body()).contains("unsupported_by_attachment");
        assertThat(received).as("request reached the backend").isEmpty();
    }
}
