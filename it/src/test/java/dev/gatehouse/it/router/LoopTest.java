package dev.gatehouse.it.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Policies;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two gateways, the one before the other, whose policies would send every request back and forth. */
class LoopTest {

    private static final Attached WAY = Attached.FULL_DUPLEX_STREAMED;
    private static Backend model;
    private static Chain second;
    private static RouterBed first;

    @BeforeAll
    static void start() throws Exception {
        Path config = Policies.routes("loop-second");
        Policies.write(config, "SemanticRoutingPolicy", "second", """
                timeout: 5s
                routes:
                  - {name: all, when: 'true', target: {model: talker}}
                """);
        first = RouterBed.start("loop-first", RouterBed.ROUTES, RouterBed.router("loop"));
        model = new Backend();
        second = Chain.startBefore(model.port(), "loop-second", config, false, RouterBed.router("loop"));
    }

    @AfterAll
    static void stop() {
        if (first != null) {
            second.close();
            first.close();
            model.close();
        }
    }

    @Test
    void whatOneGatewayHasRoutedTheNextLeavesAsItIs() throws Exception {
        String id = Client.newTestId();
        first.ask(WAY, id, RouterBed.CODE);
        Map<String, List<String>> routed = first.received(id).headers();
        String again = Client.newTestId();
        Client.send(Client.chat(second.listener(WAY), again, first.received(id).body())
                .headers("x-gateway-routed", routed.get("X-gateway-routed").getFirst(), "x-gateway-model-name", "coder"));
        assertThat(model.received(again).orElseThrow().text()).isEqualTo(RouterBed.body("coder", RouterBed.CODE));
        assertThat(model.received(again).orElseThrow().headers()).containsEntry("X-gateway-model-name", List.of("coder"));
    }

    @Test
    void theMarkIsWorthNothingForAnotherModel() throws Exception {
        String id = Client.newTestId();
        first.ask(WAY, id, RouterBed.CODE);
        assertRouted(first.received(id).headers().get("X-gateway-routed").getFirst(), "dear");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "9999999999.00", "9999999999999999999999.x", "."})
    void aMarkThatAClientMadeIsNone(String mark) throws Exception {
        assertRouted(mark, "coder");
    }

    private static void assertRouted(String mark, String requested) throws Exception {
        String again = Client.newTestId();
        Client.send(Client.chat(second.listener(WAY), again, RouterBed.body(requested, RouterBed.CODE).getBytes())
                .headers("x-gateway-routed", mark, "x-gateway-model-name", requested));
        assertThat(model.received(again).orElseThrow().headers()).containsEntry("X-gateway-model-name", List.of("talker"));
    }
}
