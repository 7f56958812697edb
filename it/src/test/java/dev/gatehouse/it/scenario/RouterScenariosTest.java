package dev.gatehouse.it.scenario;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Member;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** What users see of the semantic router. */
class RouterScenariosTest {

    private static ScenarioSuite suite;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        suite = ScenarioSuite.start(Scenarios.of("semantic-router", "SemanticRoutingPolicy"), 
                Member.of("semantic-router").with(Map.of("GATEHOUSE_EMBEDDING_DEADLINE", "10s")));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(suite).ifPresent(ScenarioSuite::close);
    }

    @TestFactory
    Stream<DynamicContainer> scenarios() {
        return suite.scenarios();
    }
}
