package dev.gatehouse.text.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeywordAutomatonTest {

    private static List<String> occurrences(List<String> keywords, String text) {
        List<String> found = new ArrayList<>();
        KeywordAutomaton.of(keywords).scan(text, (keyword, end) -> found.add(keyword + "@" + end));
        return found;
    }

    @Test
    void every_keyword_is_reported_where_keywords_overlap() {
        assertThat(occurrences(List.of("he", "she", "hers", "his"), "usHers")).containsExactly("1@4", "0@4", "2@6");
    }

    @Test
    void case_is_ignored_in_every_script() {
        assertThat(occurrences(List.of("stra\u00DFe", "\u0416\u0423\u041A"), "STRA\u00DFE \u0436\u0443\u043A")).containsExactly("0@6", "1@10");
    }

    @Test
    void an_empty_keyword_is_refused() {
        assertThatThrownBy(() -> KeywordAutomaton.of(List.of("a", ""))).hasMessageContaining("keyword 1 is empty");
    }

    /** So many characters and words that most states lie beyond the table. */
    @Test
    void a_huge_list_finds_what_a_plain_search_finds() {
        Random random = new Random(5);
        List<String> keywords = random.ints(20_000, 2, 7).mapToObj(length -> ideographs(length, random)).toList();
        StringBuilder text = new StringBuilder(ideographs(200, random));
        random.ints(60, 0, keywords.size()).forEach(word -> text.append(keywords.get(word)).append(ideographs(3, random)));
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < keywords.size(); i++) {
            for (int at = text.indexOf(keywords.get(i)); at >= 0; at = text.indexOf(keywords.get(i), at + 1)) {
                expected.add(i + "@" + (at + keywords.get(i).length()));
            }
        }
        assertThat(occurrences(keywords, text.toString())).hasSizeGreaterThanOrEqualTo(60).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String ideographs(int length, Random random) {
        return random.ints(length, 0x4E00, 0x4E00 + 2000).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
