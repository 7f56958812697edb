package dev.gatehouse.cache.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "How do I reset my password? | how do i reset  my password",
            "HOW DO I RESET MY PASSWORD | How do I reset my password.",
            "What is the capital of France? | what is the capital of france",
            "Caf\u00e9 in Rome | Cafe\u0301 in rome",
            "re\u200Bset my pass\u00ADword | reset my password",
            "What's   that... | what's that",
            "Is it 5 % of 20? | is it 5 % of 20",
            "Who is Ada\u00A0Lovelace | who is ada lovelace",
    })
    void theSameQuestionFoldsAlike(String one, String other) {
        assertThat(Fold.of(one)).isEqualTo(Fold.of(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "50 + 7 | 50 - 7",
            "50 + 7 | 50 7",
            "What is 5! | What is 5",
            "version 1.2 | version 12",
            "-3 degrees | 3 degrees",
            "Translate \"Polish\" | Translate \"polish\"",
            "Translate 'May' to French | Translate 'may' to French",
            "Translate \u201CReading\u201D | Translate \u201Creading\u201D",
            "How do I polish shoes | How do I Polish shoes",
            "Does WHO say so | Does who say so",
            "Can the US join | Can the us join",
            "a 5 MB file | a 5 Mb file",
            "a 5MB file | a 5Mb file",
            "x = A + b; | x = a + b;",
            "print(a)  # B | print(a) # b",
            "rm -rf /Tmp/* | rm -rf /tmp/*",
            "use `Foo` | use `foo`",
            "50% of | 50 of",
            "C++ | C",
            "a < b | a > b",
            "don't go | do go",
            "1,000 | 1.000",
    })
    void whatMayMeanSomethingElseFoldsApart(String one, String other) {
        assertThat(Fold.of(one)).isNotEqualTo(Fold.of(other));
    }

    @Test
    void codeKeepsItsLinesAndSpaces() {
        String code = "if a:\n    b()\nc()";
        assertThat(Fold.of(code)).isEqualTo(code);
        assertThat(Fold.of("if a:\n  b()\nc()")).isNotEqualTo(Fold.of(code));
    }

    @Test
    void aHostileTextIsFoldedInLinearTime() {
        String quotes = "' \u2018 \" ".repeat(200_000);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Fold.of(quotes));
    }
}
