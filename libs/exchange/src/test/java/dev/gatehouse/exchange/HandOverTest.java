package dev.gatehouse.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandOverTest {

    @Test
    void aKeyHasOneWriter() {
        HandOver written = HandOver.none().with("guard", HandOver.GUARD_VERDICT, "Mask");
        assertThat(written.get(HandOver.GUARD_VERDICT)).contains("Mask");
        assertThatThrownBy(() -> written.with("cache", HandOver.GUARD_VERDICT, "Allow"))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("guard_verdict is written by guard, not by cache");
    }

    @Test
    void aKeyOfAllMayBeWrittenByAny() {
        HandOver handOver = HandOver.none().with("guard", HandOver.PRINCIPAL, "alice").with("cache", HandOver.REPLIED_BY, "cache");
        assertThat(handOver.values()).containsOnly(Map.entry("principal", "alice"), Map.entry("replied_by", "cache"));
    }

    @Test
    void valuesAreFlat() {
        HandOver handOver = HandOver.none().with("ratelimit", HandOver.TOTAL_TOKENS, 12.0).with("guard", HandOver.GUARD_CATEGORIES, "EMAIL,!JWT");
        assertThat(handOver.values().values()).allMatch(value -> value instanceof String || value instanceof Double || value instanceof Boolean);
    }

    @Test
    void theNamespacesOfExtAuthzAndRateLimitAreAskedWhereOursLacksAKey() {
        Metadata metadata = new Metadata(Map.of(
                "envoy.filters.http.ratelimit", Map.of("tenant", "by-limit", "input_tokens", 7.0, "principal", "by-limit"),
                "envoy.filters.http.ext_authz", Map.of("tenant", "by-authz", "principal", "by-authz"),
                HandOver.NAMESPACE, Map.of("principal", "by-us")));
        HandOver handOver = HandOver.read(metadata);
        assertThat(handOver.get(HandOver.PRINCIPAL)).contains("by-us");
        assertThat(handOver.get(HandOver.TENANT)).contains("by-authz");
        assertThat(handOver.get(HandOver.INPUT_TOKENS)).contains(7.0);
    }

    @Test
    void anUnexpectedTypeCountsAsMissing() {
        Metadata metadata = Metadata.of(HandOver.NAMESPACE, Map.of("input_tokens", "many", "principal", List.of("a")));
        assertThat(HandOver.read(metadata).get(HandOver.INPUT_TOKENS)).isEmpty();
        assertThat(HandOver.read(metadata).get(HandOver.PRINCIPAL)).isEmpty();
    }

    @Test
    void thePathGrowsInTheOrderOfServices() {
        HandOver before = HandOver.none();
        String first = HandOver.pathWith(before, "ratelimit");
        HandOver after = before.with("ratelimit", HandOver.PATH, first);
        assertThat(HandOver.pathWith(after, "guard")).isEqualTo("ratelimit,guard");
    }

    @Test
    void laterValuesLieOnTopOfEarlierOnes() {
        HandOver early = HandOver.none().with("guard", HandOver.PATH, "guard").with("guard", HandOver.TENANT, "a");
        HandOver late = HandOver.none().with("cache", HandOver.PATH, "guard,cache");
        assertThat(early.plus(late).values()).containsOnly(Map.entry("path", "guard,cache"), Map.entry("tenant", "a"));
    }

    @Test
    void nothingOfItsValuesIsShown() {
        assertThat(HandOver.none().with("guard", HandOver.PRINCIPAL, "alice@example.com").toString()).contains("principal").doesNotContain("alice");
    }

    @Test
    void aServiceThatBelongsBehindAndCameFirstIsOutOfOrder() {
        HandOver afterCache = HandOver.none().with("cache", HandOver.PATH, "ratelimit,cache");
        assertThat(afterCache.isOutOfOrderFor("guard")).isTrue();
        assertThat(afterCache.isOutOfOrderFor("semantic-router")).isFalse();
        assertThat(HandOver.none().isOutOfOrderFor("guard")).isFalse();
    }
}
