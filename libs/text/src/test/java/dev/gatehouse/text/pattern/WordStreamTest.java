package dev.gatehouse.text.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.Splits;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordStreamTest {

    private static final List<String> WORDS = List.of("ab", "abc", "bcab", "c d", "Ab", "é", "d\uD83D\uDE00", "aaa");
    private static final String ALPHABET = "aabbccd d.Aé\uD83D\uDE00";

    @Test
    void finds_the_same_however_a_text_is_cut() {
        Random random = new Random(3);
        for (int i = 0; i < 4000; i++) {
            WordList words = new WordList("w", WORDS, new WordList.Matching(random.nextBoolean(), random.nextBoolean()));
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(40); n >= 0; n--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            List<Finding> whole = words.scan(text.toString());
            assertThat(Splits.findings(words, text.toString(), Splits.every(text.length()))).as(text.toString()).isEqualTo(whole);
            assertThat(Splits.findings(words, text.toString(), Splits.random(random, text.length()))).as(text.toString()).isEqualTo(whole);
        }
    }

    @Test
    void only_the_beginning_of_a_word_of_the_list_waits() {
        DetectorStream stream = new WordList("w", List.of("falcon"), new WordList.Matching(false, true)).open();
        assertThat(stream.feed("The fal").settled()).isEqualTo(4);
        assertThat(stream.feed("l leaves").settled()).isEqualTo("The fall leaves".length());
        assertThat(stream.feed(" falcon").settled()).isEqualTo("The fall leaves ".length());
        assertThat(stream.feed(".").findings()).hasSize(1);
    }
}
