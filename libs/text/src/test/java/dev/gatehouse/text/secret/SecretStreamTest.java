package dev.gatehouse.text.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.Splits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretStreamTest {

    private final SecretDetector detector = new SecretDetector(RulePack.standard(), SecretDetector.Options.standard());

    /** Values of all rules, a few to a text, between words. */
    static List<String> texts(long seed) {
        Random random = new Random(seed);
        List<SecretRule> rules = new ArrayList<>(RulePack.standard().rules());
        Collections.shuffle(rules, random);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i + 3 < rules.size(); i += 3) {
            StringBuilder text = new StringBuilder("Here is the secret key: ");
            rules.subList(i, i + 3).forEach(rule -> text.append(value(rule, random)).append(random.nextBoolean() ? "\n" : " and the token, "));
            texts.add(text.toString());
        }
        return texts;
    }

    private static String value(SecretRule rule, Random random) {
        String value = Synthesis.of(rule.value().pattern(), random);
        String short300 = value.substring(0, Math.min(300, value.length()));
        return rule.anchor() instanceof Anchor.Near near ? near.keywords().getFirst().toUpperCase(Locale.ROOT) + "_key=" + short300 : short300;
    }

    @Test
    void finds_the_same_however_a_text_is_cut() {
        Random random = new Random(5);
        for (String text : texts(1)) {
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
