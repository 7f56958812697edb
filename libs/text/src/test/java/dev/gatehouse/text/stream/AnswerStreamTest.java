package dev.gatehouse.text.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.pattern.WordList;
import dev.gatehouse.text.stream.AnswerRule.Action;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerStreamTest {

    private static AnswerRule words(Action action, String... words) {
        WordList list = new WordList(String.join("-", words), List.of(words), new WordList.Matching(false, true));
        return new AnswerRule(action.name(), StreamingDetector.atEnd(list), 0, action);
    }

    @Test
    void what_is_found_is_replaced_and_the_rest_passes() {
        assertThat(AnswerRules.redacting(List.of(words(Action.MASK, "falcon"))).whole("The falcon flies.").text())
                .isEqualTo("The [REDACTED_FALCON] flies.");
    }

    @Test
    void masks_that_overlap_become_one() {
        AnswerRules rules = AnswerRules.redacting(List.of(words(Action.MASK, "red fox"), words(Action.MASK, "fox den")));
        assertThat(rules.whole("A red fox den.").text()).isEqualTo("A [REDACTED_RED_FOX].");
    }

    @Test
    void nothing_passes_from_a_blocked_finding_on() {
        AnswerStream.Released released = AnswerRules.redacting(List.of(words(Action.BLOCK, "falcon"))).whole("The falcon flies.");
        assertThat(released.text()).isEqualTo("The ");
        assertThat(released.blocked()).isTrue();
    }

    @Test
    void a_rule_that_only_reports_holds_nothing_back() {
        AnswerStream stream = AnswerRules.redacting(List.of(words(Action.REPORT, "falcon"))).open();
        assertThat(stream.feed("The falcon").text()).isEqualTo("The falcon");
        assertThat(stream.end().hits()).hasSize(1);
    }

    @Test
    void the_halves_of_a_character_pass_together() {
        AnswerStream stream = AnswerRules.redacting(List.of()).open();
        assertThat(stream.feed("a\uD83D").text()).isEqualTo("a");
        assertThat(stream.feed("\uDE00b").text()).isEqualTo("\uD83D\uDE00b");
    }
}
