package dev.gatehouse.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.route.HttpRoute;
import dev.gatehouse.policy.status.StatusCalculation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AffectedObjectTest {

    private static final Map<String, Object> EDGE = Map.of("group", "gateway.networking.k8s.io", "kind", "Gateway", "name", "edge");
    private static final Instant NOW = Instant.parse("2026-11-28T13:00:00Z");

    /** Else it would be written again and again; the client reads numbers as one or the other. */
    @Test
    void whatStandsThereIsWhatIsWantedWhateverTypeItsNumbersHave() {
        assertThat(route(1).wantedParents("gatehouse.dev/guard", NOW)).isEqualTo(route(1).parents());
        assertThat(route(1L).wantedParents("gatehouse.dev/guard", NOW)).isEqualTo(route(1L).parents());
        assertThat(route(2L).wantedParents("gatehouse.dev/guard", NOW)).isNotEqualTo(route(2L).parents());
    }

    /** A route of generation 1 that was told of its policy before. */
    private static AffectedObject route(Number observedGeneration) {
        GenericKubernetesResource route = new GenericKubernetesResource();
        route.setKind("HTTPRoute");
        route.setMetadata(new ObjectMetaBuilder().withNamespace("team").withName("chat").withGeneration(1L).build());
        route.setAdditionalProperty("spec", Map.of("parentRefs", List.of(EDGE)));
        Map<String, Object> condition = Map.of("type", "gatehouse.dev/PromptGuardPolicyAffected", "status", "True", "observedGeneration", observedGeneration,
                "lastTransitionTime", "2026-11-28T12:00:00Z", "reason", "Accepted", "message", "PromptGuardPolicy team/a");
        route.setAdditionalProperty("status", Map.of("parents", List.of(Map.of("parentRef", EDGE, "controllerName", "gatehouse.dev/guard", "conditions", List.of(condition)))));
        HttpRoute.ParentRef parent = new HttpRoute.ParentRef("Gateway", Optional.empty(), "edge", Optional.empty());
        return new AffectedObject(route, List.of(new Acting("PromptGuardPolicy", new StatusCalculation.Affected(TargetRef.Kind.HTTPRoute, "team/chat", Optional.of(parent), "team/a"))));
    }
}
