package dev.gatehouse.it.gateway;

import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.scenario.ScenarioSuite;
import dev.gatehouse.it.scenario.Scenarios;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** What users see of the services does not change behind a real gateway that translates the chart's attachment. */
interface ScenariosContract {

    Host host();

    @TestFactory
    default Stream<DynamicContainer> guard() throws IOException {
        return scenarios("guard", "PromptGuardPolicy");
    }

    @TestFactory
    default Stream<DynamicContainer> ratelimit() throws IOException {
        return scenarios("ratelimit", "TokenRateLimitPolicy");
    }

    @TestFactory
    default Stream<DynamicContainer> responseRisk() throws IOException {
        return scenarios("response-risk", "ResponseRiskPolicy");
    }

    private Stream<DynamicContainer> scenarios(String service, String kind) throws IOException {
        host().assumePrograms();
        ScenarioSuite suite = ScenarioSuite.start(Scenarios.of(service, kind), Member.of(service), host().label(), host()::start);
        return suite.scenarios().onClose(suite::close);
    }
}
