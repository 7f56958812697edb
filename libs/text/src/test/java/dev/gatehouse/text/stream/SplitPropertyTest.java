package dev.gatehouse.text.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.stream.AnswerRule.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever way an answer is cut, its pieces put together are the masked whole: over all detectors, every place to cut short texts in two, and
 * random cuts down to one UTF-16 unit, also inside surrogate pairs. How many random ones: {@code -Dsplits=100000}; labelled texts
 * are used where {@code GATEHOUSE_DATA} names their folder.
 */
class SplitPropertyTest {

    private static final int SPLITS = Integer.getInteger("splits", 2_000);
    private static final int SINGLE_UP_TO = Integer.getInteger("singles", 60);
    private static final int LONGEST = Integer.getInteger("longest", 1_000);

    private final AnswerRules rules = AnswerRules.redacting(AnyDetectors.all().entrySet().stream()
            .map(detector -> new AnswerRule(detector.getKey(), detector.getValue(), 0.5, Action.MASK)).toList());

    @Test
    void the_pieces_put_together_are_the_masked_whole() {
        List<String> texts = texts();
        Random random = new Random(1);
        int done = 0;
        int masked = 0;
        for (int i = 0; done < SPLITS; i++) {
            String text = texts.get(i % texts.size());
            String whole = rules.whole(text).text();
            masked += whole.equals(text) ? 0 : 1;
            for (int k = 0; k < 8; k++, done++) {
                int[] cuts = k == 0 ? Splits.every(text.length()) : Splits.random(random, text.length());
                assertThat(pieces(text, cuts)).as("text %d of %d chars", i, text.length()).isEqualTo(whole);
            }
        }
        System.out.println("random splits: " + done + ", over " + Math.min(texts.size(), done / 8) + " texts; masked texts among those fed: " + masked);
        assertThat(masked).isPositive();
    }

    @Test
    void wherever_a_text_is_cut_in_two_the_same_passes() {
        int done = 0;
        List<String> texts = texts();
        for (String text : texts.subList(0, Math.min(texts.size(), SINGLE_UP_TO))) {
            String whole = rules.whole(text).text();
            for (int cut = 0; cut <= Math.min(text.length(), 2_000); cut++, done++) {
                assertThat(pieces(text, cut)).as("cut at %d", cut).isEqualTo(whole);
            }
        }
        System.out.println("single splits: " + done);
    }

    private String pieces(String text, int... cuts) {
        AnswerStream stream = rules.open();
        StringBuilder passed = new StringBuilder();
        int from = 0;
        for (int cut : cuts) {
            passed.append(stream.feed(text.substring(from, cut)).text());
            from = cut;
        }
        passed.append(stream.feed(text.substring(from)).text());
        return passed.append(stream.end().text()).toString();
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>(AnswerTexts.made());
        texts.addAll(AnswerTexts.labelled("pii", "secrets", "moderation"));
        texts.removeIf(text -> text.length() > LONGEST);
        Collections.shuffle(texts, new Random(2));
        return texts;
    }
}
