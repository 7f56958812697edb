package dev.gatehouse.text.pii;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.Splits;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PiiStreamTest {

    private final PiiDetector everything = new PiiDetector(Entity.all(), PiiDetector.DEFAULT_PHONE_REGIONS, 0);
    private final PiiDetector usual = new PiiDetector(Entity.all(), PiiDetector.DEFAULT_PHONE_REGIONS, PiiDetector.DEFAULT_MINIMUM_SCORE);

    @Test
    void finds_the_same_however_a_text_is_cut() {
        Random random = new Random(5);
        for (Scoreboard.Marked marked : SyntheticTexts.all()) {
            String text = marked.text();
            List<Finding> whole = Splits.findings(everything, text);
            assertThat(Splits.findings(everything, text, Splits.every(text.length()))).as(text).isEqualTo(whole);
            for (int i = 0; i < 3; i++) {
                assertThat(Splits.findings(everything, text, Splits.random(random, text.length()))).as(text).isEqualTo(whole);
            }
        }
    }

    @Test
    void finds_the_same_wherever_a_text_is_cut_in_two() {
        SyntheticTexts.all().stream().filter(marked -> marked.text().hashCode() % 8 == 0).map(Scoreboard.Marked::text).forEach(text -> {
            List<Finding> whole = Splits.findings(everything, text);
            for (int cut = 1; cut < text.length(); cut++) {
                assertThat(Splits.findings(everything, text, cut)).as("%s at %d", text, cut).isEqualTo(whole);
            }
        });
    }

    @Test
    void plain_prose_passes_up_to_the_word_it_is_in() {
        DetectorStream stream = usual.open();
        assertThat(stream.feed("The quick brown fox jumps over the la").settled()).isEqualTo("The quick brown fox jumps over the ".length());
        assertThat(stream.feed("zy dog and barks").settled()).isEqualTo("The quick brown fox jumps over the lazy dog and ".length());
    }

    @Test
    void a_number_waits_only_while_it_may_be_one() {
        DetectorStream stream = usual.open();
        assertThat(stream.feed("There are 12 apples and").settled()).isEqualTo("There are 12 apples ".length());
        assertThat(stream.feed(" call 555-01").settled()).isEqualTo("There are 12 apples and call ".length());
    }

    @Test
    void an_address_is_told_as_soon_as_it_has_ended() {
        DetectorStream stream = usual.open();
        assertThat(stream.feed("Write to anna.berg@example.org").findings()).isEmpty();
        assertThat(stream.feed(", please").findings()).hasSize(1);
    }

    @Test
    void entities_of_the_users_own_wait_for_the_words_after_them() {
        PiiDetector own = new PiiDetector(Set.of(), Set.of(), 0.5,
                List.of(new CustomEntity("BADGE", Pattern.compile("B-[0-9]{4}"), Set.of("badge"), 0.9)));
        for (String text : List.of("The badge is B-1234.", "B-1234 is my badge", "B-1234 and B-77 and B-99999 badge B-1")) {
            List<Finding> whole = Splits.findings(own, text);
            for (int cut = 1; cut < text.length(); cut++) {
                assertThat(Splits.findings(own, text, cut)).isEqualTo(whole);
            }
        }
    }
}
