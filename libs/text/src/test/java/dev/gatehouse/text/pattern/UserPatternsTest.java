package dev.gatehouse.text.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.view.EvasionScan;
import dev.gatehouse.text.view.InspectedText;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserPatternsTest {

    @Test
    void the_span_is_the_whole_match_or_the_group_asked_for() {
        assertThat(new PatternList(List.of(UserPattern.of("order", "order (\\d{6})"))).scan("see order 123456 please"))
                .containsExactly(new Finding("pattern", "order", 1, 4, 16));
        assertThat(new PatternList(List.of(UserPattern.of("order", "order (\\d{6})", 1))).scan("see order 123456 please"))
                .containsExactly(new Finding("pattern", "order", 1, 10, 16));
    }

    @Test
    void a_match_without_the_group_asked_for_is_no_finding() {
        PatternList patterns = new PatternList(List.of(UserPattern.of("order", "order (\\d{6})|quote", 1)));
        assertThat(patterns.scan("a quote for order 123456")).extracting(Finding::start).containsExactly(18);
    }

    @Test
    void an_error_names_the_pattern_and_the_reason() {
        List<UserPattern> patterns = List.of(UserPattern.of("fine", "a"), UserPattern.of("broken", "(a"));
        assertThatThrownBy(() -> new PatternList(patterns)).isInstanceOf(InvalidPattern.class)
                .hasMessageContaining("broken").hasMessageContaining("number 2").hasMessageContaining("missing closing )");
    }

    @Test
    void look_around_back_references_missing_groups_and_patterns_of_nothing_are_refused() {
        for (String regex : List.of("(?=a)b", "(a)\\1", "a*")) {
            assertThatThrownBy(() -> new PatternList(List.of(UserPattern.of("p", regex)))).isInstanceOf(InvalidPattern.class);
        }
        assertThatThrownBy(() -> new PatternList(List.of(UserPattern.of("p", "(a)", 2)))).hasMessageContaining("no group 2");
    }

    @Test
    void words_are_found_without_case_and_only_whole_when_asked() {
        List<String> words = List.of("Falcon", "project falcon");
        assertThat(new WordList("code names", words, new WordList.Matching(false, true)).scan("PROJECT FALCON, not falconry"))
                .containsExactly(new Finding("words", "code names", 1, 0, 14));
        assertThat(new WordList("code names", words, new WordList.Matching(false, false)).scan("falconry")).hasSize(1);
    }

    @Test
    void words_are_found_in_their_case_only_when_asked() {
        WordList exact = new WordList("code names", List.of("Falcon"), new WordList.Matching(true, true));
        assertThat(exact.scan("falcon FALCON Falcon")).containsExactly(new Finding("words", "code names", 1, 14, 20));
    }

    @Test
    void disguised_words_are_found_in_the_original() {
        EvasionScan scan = EvasionScan.ofWords(new WordList("names", List.of("na\u00EFve"), new WordList.Matching(false, true)));
        assertThat(scan.scan(InspectedText.of("so n\u0430i\u200Bve, na\u00EFve"))).containsExactly(
                new Finding("words", "names", 1, 3, 9), new Finding("words", "names", 1, 11, 16));
    }
}
