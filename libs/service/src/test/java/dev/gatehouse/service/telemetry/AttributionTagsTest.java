package dev.gatehouse.service.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.identity.WorkloadId;
import dev.gatehouse.policy.route.Attribution;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttributionTagsTest {

    private final AttributionTags tags = new AttributionTags();

    @Test
    void allFiveAreNamed() {
        assertThat(values(tags.of(new Attribution("infra/edge", "team/chat", "team/llm"), Optional.of(new WorkloadId("team", "agent")))))
                .containsExactly("team/llm", "infra/edge", "team", "team/chat", "agent");
    }

    @Test
    void furtherCombinationsAreOneSeries() {
        IntStream.range(0, AttributionTags.MAX).forEach(i -> tags.of(route(i), Optional.empty()));
        assertThat(values(tags.of(route(AttributionTags.MAX), Optional.empty()))).containsOnly("other");
        assertThat(values(tags.of(route(7), Optional.empty()))).contains("team/7");
    }

    private static Attribution route(int number) {
        return new Attribution("infra/edge", "team/" + number, "team/llm");
    }

    private static List<String> values(Tags tags) {
        return tags.stream().map(Tag::getValue).toList();
    }
}
