package dev.gatehouse.text.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.stream.AnswerRule;
import dev.gatehouse.text.stream.AnswerRules;
import dev.gatehouse.text.stream.AnswerStream;
import dev.gatehouse.text.stream.Splits;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {

    private static AnswerStream.Released blocked(StreamingDetector detector, String text) {
        return AnswerRules.redacting(List.of(new AnswerRule("shape", detector, 0, AnswerRule.Action.BLOCK))).whole(text);
    }

    @Test
    void a_text_ends_where_it_gets_too_long_and_never_inside_a_character() {
        assertThat(blocked(new AnswerLength(3), "ab\uD83D\uDE00cd").text()).isEqualTo("ab\uD83D\uDE00");
        assertThat(blocked(new AnswerLength(3), "abc").blocked()).isFalse();
        assertThat(Splits.findings(new AnswerLength(3), "ab\uD83D\uDE00cd", 1, 3, 4)).hasSize(1);
    }

    @Test
    void a_loop_of_words_is_found_once() {
        String text = "It goes. " + "The same again and again. ".repeat(30) + "End.";
        Repetition repetition = new Repetition(8, 150);
        assertThat(repetition.scan(text)).hasSize(1);
        assertThat(repetition.scan(text).getFirst().start()).isBetween(150, 260);
        assertThat(Splits.findings(repetition, text, Splits.every(text.length()))).isEqualTo(repetition.scan(text));
    }

    @Test
    void a_loop_of_characters_is_found() {
        assertThat(new Repetition(8, 100).scan("Ha: " + "haha!".repeat(60))).hasSize(1);
        assertThat(new Repetition(8, 100).scan("\u597d\u7684".repeat(80))).hasSize(1);
    }

    @Test
    void tables_and_lists_are_no_loops() {
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            table.append("| row ").append(i).append(" | ").append(i * 37 % 101).append(" | open |\n");
        }
        assertThat(new Repetition(8, 200).scan(table + "-".repeat(80))).isEmpty();
    }
}
