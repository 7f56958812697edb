package dev.gatehouse.cache.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Attachment.Protocol;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.source.FixedSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutingsTest {

    private static final String POLICY = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: SemanticRoutingPolicy
            metadata: {name: r, uid: u-1%s}
            spec:
              targetRefs: [{kind: Gateway, name: "*"}]
              routes:
                - {name: code, examples: [Write a function, Fix this bug, Explain the code], target: {model: %s}}
              defaultTarget: {model: demo}
            """;

    @Test
    void aChangedPolicyIsAnotherOne() {
        assertThat(routing("", "a")).isEqualTo(routing("", "a")).isNotEqualTo(routing("", "b")).contains("u-1");
    }

    @Test
    void aGenerationStandsForTheSpec() {
        assertThat(routing(", generation: 3", "a")).isEqualTo("u-1 3");
        assertThat(routing(", generation: 4", "a")).isEqualTo("u-1 4");
    }

    private static String routing(String generation, String model) {
        RequestHead head = new RequestHead("POST", "h", "/v1/chat/completions", Headers.empty(), Map.of(), Metadata.empty(), Optional.empty(),
                new Attachment(Protocol.EXT_PROC, BodyMode.BUFFERED, BodyMode.BUFFERED));
        return new Routings(FixedSource.of(SemanticRoutingPolicy.KIND, POLICY.formatted(generation, model), Routings.COMPILER)).apply(head);
    }
}
