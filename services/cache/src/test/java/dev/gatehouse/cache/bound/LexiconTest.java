package dev.gatehouse.cache.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.verify.Pair;
import dev.gatehouse.cache.verify.TextVerifier;
import dev.gatehouse.cache.verify.Traits;
import java.util.List;
import org.junit.jupiter.api.Test;

class LexiconTest {

    private final Lexicon lexicon = new Lexicon();

    @Test
    void knowsNothingAtFirst() {
        assertThat(lexicon.shift(traits("Remove the lamp", "Delete the lamp"))).isZero();
        assertThat(lexicon.shift(Traits.NONE)).isZero();
    }

    @Test
    void wordsThatAskedTheSameBeforeDoSoAgain() {
        learn("How do I erase a note?", "How do I delete a note?", true);
        assertThat(lexicon.shift(traits("How do I erase a photo?", "How do I delete a photo?"))).isPositive();
    }

    @Test
    void wordsThatAskedForSomethingElseDoSoAgainInEitherOrder() {
        learn("Which food has much zinc?", "Which food has much iron?", false);
        assertThat(lexicon.shift(traits("List food with iron", "List food with zinc"))).isNegative();
        assertThat(lexicon.shift(traits("List food with zinc", "List food with iron"))).isNegative();
    }

    @Test
    void whatIsLearntStaysWithinLimits() {
        Traits traits = traits("Which food has much zinc?", "Which food has much iron?");
        for (int i = 0; i < 10_000; i++) {
            lexicon.learn(traits, 8, false, lexicon::add);
        }
        assertThat(lexicon.shift(traits)).isEqualTo(-4);
        for (int i = 0; i < 100_000; i++) {
            lexicon.learn(traits, -8, true, lexicon::add);
        }
        assertThat(lexicon.shift(traits)).isEqualTo(1);
    }

    @Test
    void moreWordsThanItHoldsAreNotLearntAndHarmNothing() {
        for (int i = 0; i < 100_000; i++) {
            lexicon.learn(Traits.of(i * 7919), 0, true, lexicon::add);
        }
        assertThat(lexicon.shift(Traits.of(0))).isPositive();
        assertThat(lexicon.shift(Traits.of(7919))).isPositive();
        assertThat(lexicon.shift(Traits.of(99_999 * 7919))).isZero();
    }

    private void learn(String asked, String stored, boolean right) {
        for (int i = 0; i < 5; i++) {
            lexicon.learn(traits(asked, stored), 0, right, lexicon::add);
        }
    }

    private static Traits traits(String asked, String stored) {
        return new TextVerifier().judge(List.of(new Pair(asked, stored, 0.9))).getFirst().traits();
    }
}
