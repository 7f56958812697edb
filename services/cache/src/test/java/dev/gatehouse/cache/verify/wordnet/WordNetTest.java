package dev.gatehouse.cache.verify.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordNetTest {

    private static final WordNet WORDS = WordNet.shipped();

    @ParameterizedTest
    @CsvSource({
            "SAME, car, automobile", "SAME, colour, color", "SAME, buy, purchase", "SAME, begin, start", "SAME, boxes, box", "SAME, stopped, stop", "SAME, carries, carry",
            "KIN, decision, decide", "KIN, German, germany", "WIDER, dog, animal", "WIDER, jet, airplane", "OPPOSITE, hot, cold", "SIBLING, copper, nickel",
            "OTHER, lake, spoon",
    })
    void wordsAreWhatTheyAreToEachOther(Relation relation, String one, String other) {
        Term left = WORDS.find(one.toLowerCase()).orElseThrow();
        Term right = WORDS.find(other).orElseThrow();
        assertThat(left.to(right)).isEqualTo(relation);
        assertThat(right.to(left)).isEqualTo(relation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes", "zzz", "", "'s", "s", "ing", "caf\u00E9", "a\tb", "\n"})
    void whatIsNoWordIsUnknown(String word) {
        assertThat(WORDS.find(word)).isEmpty();
    }

    @Test
    void aTermTellsHowItIsUsed() {
        assertThat(WORDS.find("kenya").orElseThrow().name()).isTrue();
        assertThat(WORDS.find("river").orElseThrow().name()).isFalse();
        assertThat(WORDS.find("river").orElseThrow().noun()).isTrue();
        assertThat(WORDS.find("bring").orElseThrow().noun()).isFalse();
        assertThat(WORDS.find("water").orElseThrow().rarity()).isLessThan(WORDS.find("zither").orElseThrow().rarity());
    }

    @Test
    void aShortFormIsNoOtherWord() {
        assertThat(WORDS.find("corner").orElseThrow().to(WORDS.find("corn").orElseThrow())).isEqualTo(Relation.OTHER);
        assertThat(WORDS.find("seed").orElseThrow().to(WORDS.find("see").orElseThrow())).isEqualTo(Relation.OTHER);
    }
}
