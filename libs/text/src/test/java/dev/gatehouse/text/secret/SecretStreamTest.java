package dev.gatehouse.text.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.Splits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretStreamTest {

    private final SecretDetector detector = new SecretDetector(RulePack.standard(), SecretDetector.Options.standard());

    @Test
    void finds_the_same_however_a_text_is_cut() {
        Random random = new Random(5);
        for (String text : MadeSecrets.texts(1)) {
            List<Finding> whole = new ArrayList<>(detector.scan(text));
            assertThat(Splits.findings(detector, text)).as(text).isEqualTo(Splits.sorted(whole));
            assertThat(Splits.findings(detector, text, Splits.every(text.length()))).as(text).isEqualTo(Splits.sorted(whole));
            assertThat(Splits.findings(detector, text, Splits.random(random, text.length()))).as(text).isEqualTo(Splits.sorted(whole));
        }
    }

    @Test
    void plain_prose_passes_up_to_the_word_it_is_in() {
        DetectorStream stream = detector.open();
        assertThat(stream.feed("Please rotate the access key of the build ser").settled()).isGreaterThanOrEqualTo("Please rotate the access key of the build ".length());
        assertThat(stream.feed("ver: password rules apply").settled()).isGreaterThanOrEqualTo("Please rotate the access key of the build server: password rules ".length());
    }

    @Test
    void a_token_waits_for_its_end_and_no_longer() {
        DetectorStream stream = detector.open();
        assertThat(stream.feed("Use gh").settled()).isEqualTo(4);
        assertThat(stream.feed("p_1234567890abcdefABCDEF1234567890abcd").settled()).isEqualTo(4);
        assertThat(stream.feed(" now").settled()).isGreaterThan(40);
    }
}
