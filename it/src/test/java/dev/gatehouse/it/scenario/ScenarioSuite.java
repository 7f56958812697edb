package dev.gatehouse.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Front;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Way;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every scenario of one service over every way of a gateway. For the inner loop {@code -Dscenario=} takes those with
 * this text in their name, {@code -Dattachment=} one attachment. Each request carries {@code x-test-attachment}, so that a policy can
 * count them apart.
 */
public final class ScenarioSuite implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Scenarios scenarios;
    private final Front front;

    private ScenarioSuite(Scenarios scenarios, Front front) {
        this.scenarios = scenarios;
        this.front = front;
    }

    /** A gateway before a member, with the policies and routes of a folder. */
    @FunctionalInterface
    public interface Start {
        Front with(String name, Path config, Member member) throws IOException;
    }

    /** Over a real Envoy with a listener for each attachment. */
    static ScenarioSuite start(Scenarios scenarios, Member member) throws IOException {
        return start(scenarios, member, "scenarios", (name, config, one) -> Chain.start(name, config, false, one));
    }

    /**
     * Over that gateway.
     *
     * @param bed what sets its names and folders apart from those of others
     */
    public static ScenarioSuite start(Scenarios scenarios, Member member, String bed, Start gateway) throws IOException {
        String name = member.service() + "-" + bed;
        Path config = Path.of("target", name + "-config");
        scenarios.writeConfig(config);
        return new ScenarioSuite(scenarios, gateway.with(name, config, member));
    }

    /** A test for each scenario and way. */
    public Stream<DynamicContainer> scenarios() {
        return scenarios.all().stream().filter(scenario -> scenario.name().contains(System.getProperty("scenario", "")))
                .map(scenario -> DynamicContainer.dynamicContainer(scenario.name(),
                        chosenWays().map(way -> test(scenario, way))));
    }

    private Stream<Way> chosenWays() {
        String chosen = System.getProperty("attachment", "");
        return front.ways().stream().filter(way -> chosen.isEmpty() || way.name().equals(chosen));
    }

    private DynamicTest test(Scenario scenario, Way way) {
        return DynamicTest.dynamicTest(scenario.name() + " [" + way.name() + "]", () -> run(scenario, way));
    }

    private void run(Scenario scenario, Way way) throws Exception {
        String id = UUID.randomUUID().toString();
        for (Scenario.Before earlier : scenario.when().before()) {
            before(scenario, scenario.when().with(earlier), earlier.cached(), way);
        }
        for (int i = 1; i < scenario.when().times(); i++) {
            send(scenario, scenario.when(), way, id + "-" + i);
        }
        HttpResponse<String> response = send(scenario, scenario.when(), way, id);
        Optional<Backend.Received> received = front.backend().received(id);
        if (scenario.needs().stream().allMatch(way.attached()::can)) {
            expect(scenario, response, received);
        } else {
            expectRefusal(way.attached(), response, received);
        }
    }

    /** An answer is cached when the client has it already: who asks at once may come too early. */
    private void before(Scenario scenario, Scenario.When earlier, boolean cached, Way way) throws Exception {
        send(scenario, earlier, way, UUID.randomUUID().toString());
        Instant latest = Instant.now().plus(PATIENCE);
        while (cached && scenario.needs().stream().allMatch(way.attached()::can)
                && send(scenario, earlier.onlyIfCached(), way, UUID.randomUUID().toString()).statusCode() != 200) {
            assertThat(Instant.now()).as("cached in time").isBefore(latest);
        }
    }

    private HttpResponse<String> send(Scenario scenario, Scenario.When when, Way way, String id) throws Exception {
        Optional.ofNullable(when.answer()).ifPresent(answer -> front.backend().script(id, answer.script()));
        URI address = URI.create(way.listener() + when.path());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("host", scenarios.host(scenario))
                .header("x-test-id", id)
                .header("x-test-attachment", way.name())
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
        front.close();
    }
}
