package dev.gatehouse.cache.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWordsTest {

    private static final TimeWords WORDS = TimeWords.with(List.of("this sprint"));

    @ParameterizedTest
    @ValueSource(strings = {
            "Who won TODAY?", "what's the latest version of Quarkus", "Is it raining right now?", "the current exchange rate of the euro", "today\u2019s menu",
            "what do we do in This Sprint", "Wie ist das Wetter heute?", "\u4eca\u5929\u5929\u6c14\u600e\u4e48\u6837", "Which president was elected last year?",
    })
    void promptsThatPointAtThePresentAreTold(String text) {
        assertThat(WORDS.isIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "What is the weather like in Vienna in January?", "Explain electric current", "How do I get to know nowhere?", "Who was king in 1612?",
            "What is an updated-tox?", "sprinting is this sprints", "What did Einstein do in 1905?", "",
    })
    void othersAreNot(String text) {
        assertThat(WORDS.isIn(text)).isFalse();
    }

    @Test
    void aHostileTextIsReadInLinearTime() {
        String text = "this this most most recen last lat as of up to ".repeat(40_000);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> WORDS.isIn(text));
    }
}
