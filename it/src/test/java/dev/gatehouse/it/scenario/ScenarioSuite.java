package dev.gatehouse.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Member;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every scenario of one service over every attachment, through a real Envoy. For the inner loop {@code -Dscenario=} takes those with
 * this text in their name, {@code -Dattachment=} one attachment. Each request carries {@code x-test-attachment}, so that a policy can
 * count them apart.
 */
final class ScenarioSuite implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Scenarios scenarios;
    private final Chain chain;

    /** Starts a chain of that member alone. */
    ScenarioSuite(Scenarios scenarios, Member member) throws IOException {
        this.scenarios = scenarios;
        Path config = Path.of("target", member.service() + "-scenario-config");
        scenarios.writeConfig(config);
        this.chain = Chain.start(member.service() + "-scenarios", config, false, member);
    }

    Stream<DynamicContainer> scenarios() {
        return scenarios.all().stream().filter(scenario -> scenario.name().contains(System.getProperty("scenario", "")))
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
        for (Scenario.Before earlier : scenario.when().before()) {
            before(scenario, scenario.when().with(earlier), earlier.cached(), attached);
        }
        for (int i = 1; i < scenario.when().times(); i++) {
            send(scenario, scenario.when(), attached, id + "-" + i);
        }
        HttpResponse<String> response = send(scenario, scenario.when(), attached, id);
        Optional<Backend.Received> received = chain.backend().received(id);
        if (scenario.needs().stream().allMatch(attached::can)) {
            expect(scenario, response, received);
        } else {
            expectRefusal(attached, response, received);
        }
    }

    /** An answer is cached when the client has it already: who asks at once may come too early. */
    private void before(Scenario scenario, Scenario.When earlier, boolean cached, Attached attached) throws Exception {
        send(scenario, earlier, attached, UUID.randomUUID().toString());
        Instant latest = Instant.now().plus(PATIENCE);
        while (cached && scenario.needs().stream().allMatch(attached::can)
                && send(scenario, earlier.onlyIfCached(), attached, UUID.randomUUID().toString()).statusCode() != 200) {
            assertThat(Instant.now()).as("cached in time").isBefore(latest);
        }
    }

    private HttpResponse<String> send(Scenario scenario, Scenario.When when, Attached attached, String id) throws Exception {
        Optional.ofNullable(when.answer()).ifPresent(answer -> chain.backend().script(id, answer.script()));
        URI address = URI.create(chain.listener(attached) + when.path());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("host", scenarios.host(scenario))
                .header("x-test-id", id)
                .header("x-test-attachment", attached.name())
                .method(when.method(), HttpRequest.BodyPublishers.ofByteArray(when.body()));
        if (!when.headers().containsKey("content-type")) {
            request.header("content-type", "application/json");
        }
        when.headers().forEach(request::header);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void expect(Scenario scenario, HttpResponse<String> response, Optional<Backend.Received> received) {
        Scenario.Then then = scenario.then();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(then.status());
        then.headers().forEach((name, pattern) -> assertThat(response.headers().firstValue(name)).as(name).hasValueSatisfying(
                value -> assertThat(value).matches(pattern)));
        then.has().forEach(text -> assertThat(response.body()).contains(text));
        then.lacks().forEach(text -> assertThat(response.body()).doesNotContain(text));
        assertThat(received.isPresent()).as("request reached the backend").isEqualTo(then.backend());
        received.ifPresent(request -> expectBackend(scenario, request));
    }

    private void expectBackend(Scenario scenario, Backend.Received request) {
        scenario.then().backendHas().forEach(text -> assertThat(request.text()).contains(text));
        scenario.then().backendLacks().forEach(text -> assertThat(request.text()).doesNotContain(text));
        scenario.then().backendHeaders().forEach((name, pattern) -> assertThat(request.header(name)).as(name).matches(pattern));
        if (scenario.then().sameBytes()) {
            assertThat(request.body()).isEqualTo(scenario.when().body());
        }
    }

    private void expectRefusal(Attached attached, HttpResponse<String> response, Optional<Backend.Received> received) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(attached == Attached.EXT_AUTHZ_HTTP ? 403 : 503);
        assertThat(response.body()).contains("unsupported_by_attachment");
        assertThat(received).as("request reached the backend").isEmpty();
    }

    @Override
    public void close() {
        chain.close();
    }
}
