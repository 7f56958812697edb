package dev.gatehouse.it.gateway;

import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.scenario.ScenarioSuite;
import dev.gatehouse.it.scenario.Scenarios;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** What users see of the services does not change behind a real Envoy Gateway that translates the chart's attachment. */
class EnvoyGatewayScenariosKubernetesTest {

    private ScenarioSuite suite;

    @BeforeAll
    static void programs() {
        EnvoyGatewayFront.assumePrograms();
    }

    @AfterEach
    void stop() {
        Optional.ofNullable(suite).ifPresent(ScenarioSuite::close);
    }

    @TestFactory
    Stream<DynamicContainer> guard() throws IOException {
        return scenarios("guard", "PromptGuardPolicy");
    }

    @TestFactory
    Stream<DynamicContainer> ratelimit() throws IOException {
        return scenarios("ratelimit", "TokenRateLimitPolicy");
    }

    @TestFactory
    Stream<DynamicContainer> responseRisk() throws IOException {
        return scenarios("response-risk", "ResponseRiskPolicy");
    }

    private Stream<DynamicContainer> scenarios(String service, String kind) throws IOException {
        suite = ScenarioSuite.start(Scenarios.of(service, kind), Member.of(service), "envoy-gateway", EnvoyGatewayFront::start);
        return suite.scenarios();
    }
}
