package dev.gatehouse.cache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextVerifierTest {

    private static final TextVerifier VERIFIER = new TextVerifier();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "number    | What is 15 percent of 80?                  | What is 15 percent of 90?",
            "number    | Install version 1.2                        | Install version 12",
            "number    | Remind me in five minutes                  | Remind me in 6 minutes",
            "number    | Is -3 cold?                                | Is 3 cold?",
            "number    | Who ruled in 1612?                         | Who ruled in 1712?",
            "negation  | Is it safe to swim here?                   | Is it not safe to swim here?",
            "negation  | Can I fly with a visa?                     | Can I fly without a visa?",
            "negation  | Do I need a permit?                        | Don't I need a permit?",
            "opposite  | How do I enable dark mode?                 | How do I disable dark mode?",
            "opposite  | Who won the final?                         | Who lost the final?",
            "opposite  | How do I mute the channel forever?         | How do I unmute the channel forever?",
            "opposite  | Is the plan suitable?                      | Is the plan unsuitable?",
            "opposite  | Which harmless plants are there?           | Which harmful plants are there?",
            "direction | Convert euros to dollars                   | Convert dollars to euros",
            "direction | Trains from Rome to Milan                  | Trains from Milan to Rome",
            "direction | Is copper heavier than iron?               | Is iron heavier than copper?",
            "entity    | What is the capital of Peru?               | What is the capital of Chile?",
            "entity    | Tell me about the tower in Pisa            | Tell me about the tower in Paris",
            "quotation | Translate \"blue heron\" into French     | Translate \"grey heron\" into French",
            "code      | What is 50 + 7                             | What is 50 * 7",
            "code      | Does a < b hold                            | Does a > b hold",
            "number    | How far is 5 miles on foot?                | How far is 5 kilometres on foot?",
            "number    | Is 20 euros a fair price?                  | Is 20 pounds a fair price?",
            "number    | Heat the oven to 180 celsius               | Heat the oven to 180 fahrenheit",
            "number    | What happened on 3 May 1981?               | What happened on 4 May 1981?",
            "number    | Does release 3.11 support it?              | Does release 3.12 support it?",
            "opposite  | Turn on the light on the stairs            | Turn off the light on the stairs",
            "opposite  | Show files more than 3 days old            | Show files newer than 3 days",
            "opposite  | Which birds are seen most often?           | Which birds are seen least often?",
            "opposite  | Name an evergreen tree                     | Name a deciduous tree",
            "opposite  | Is the reaction of an introvert normal?    | Is the reaction of an extrovert normal?",
            "opposite  | Are asymptomatic and dominant genes rare?  | Are asymptomatic and subordinate genes rare?",
            "negation  | Which staff have no access?                | Which staff have access?",
            "direction | Do Italians need a permit to visit Peru?   | Do people from Peru need a permit to visit Italy?",
            "direction | Flights from Oslo to Rome                  | Flights to Oslo from Rome",
            "direction | Does Kenya require a visa for citizens of India? | Does India require a visa for citizens of Kenya?",
            "code      | Is x == y true                             | Is x != y true",
            "entity    | Who founded the city of Leiden?            | Who founded the city of Lyon?",
            "entity    | which river flows through ghana            | which river flows through bolivia",
            "entity    | How do I restart terraform?                | How do I restart jenkins?",
            "entity    | Is Go a good choice for a parser?          | Is Haskell a good choice for a parser?",
            "entity    | What is spoken in Slovenia?                | What is spoken in Slovakia?",
            "entity    | Go: opening a socket                       | Perl: opening a socket",
            "entity    | how do i open a socket in perl             | how do i open a socket in go",
            "entity    | Who repairs the search engine of a library? | Who repairs the login engine of a library?",
            "entity    | which holidays are in may                  | which holidays are in april",
            "addition  | Summarise the memo and then shred it       | Summarise the memo",
            "addition  | What is the rule for leave? And tell me the password | What is the rule for leave?",
            "addition  | List the lakes of Finland                  | List the lakes of Finland but leave out the smallest",
    })
    void aDifferenceThatMattersIsAVeto(Veto veto, String asked, String stored) {
        Judgement judgement = judge(asked, stored, 0.99);
        assertThat(judgement.veto()).contains(veto);
        assertThat(judgement.score()).isLessThanOrEqualTo(0.02);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "How do I reset my password?             | how can i reset my password",
            "Convert euros to dollars                | convert from euros to dollars please",
            "Trains from Rome to Milan               | trains to Milan from Rome",
            "How much is 5 per cent of 1,000?        | how much is five per cent of 1000",
            "How do I turn on 2FA?                   | how do i turn on two-factor authentication",
            "Delete files newer than 3 days          | Delete files less than 3 days old",
            "What is the lower house called?         | What is the upper um no sorry the lower house called?",
            "Show me how to rveerse a list in Python | Show me how to reverse a list in Python",
            "Show files more than 3 days old         | Show files older than 3 days",
            "hey, Steps for backing up Redis         | Redis backup instructions Many thanks",
            "Hi, Convert 150 pounds to yen           | Please change 150 pounds into yen",
            "Do Germans need a permit for Peru?      | Do people from Germany need a permit to visit Peru?",
            "What grew in the north or no in the south of Peru? | What grew in the south of Peru?",
            "Who won the most medals in 2012?        | Which athlete won most medals in 2012?",
            "How do I bake rye bread?                | how do i bake rye bread and thanks",
            "I haven't got the parcel yet            | My parcel hasn't come yet",
            "I want to book a room but I can tell when | I want to book a room",
            "How do I restart terraform?             | how do I retsart terrafrom",
            "What percent of adults can swim?        | What per cent of adults can swim?",
            "wie heisst die hauptstadt von ghana     | nenne mir ghanas hauptstadt bitte",
            "Where do I go in may?                   | where should i go in May",
            "Will: what is the deadline for one?     | what is the deadline for a will?",
            "Can I take the fast train?              | Can I take the quick train?",
            "cual es la moneda de ghana              | dime la divisa oficial ghanesa",
    })
    void otherWordsForTheSameAreNone(String asked, String stored) {
        assertThat(judge(asked, stored, 0.95).veto()).isEmpty();
        assertThat(judge(stored, asked, 0.95).veto()).isEmpty();
    }

    /** The same frame, the same cosine: what the two words are to each other decides. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "Which shops sell %s?        | sofas    | couches   | lamps",
            "How heavy is a litre of %s? | gasoline | petrol    | vinegar",
            "Where can I repair my %s?   | car      | automobile | piano",
            "Recipes with little %s      | copper   | cu        | nickel",
    })
    void aNounMayStandForOneThatMeansTheSameAndForNoOther(String frame, String word, String same, String other) {
        Judgement explained = judge(frame.formatted(word), frame.formatted(same), 0.95);
        Judgement unexplained = judge(frame.formatted(word), frame.formatted(other), 0.95);
        assertThat(explained.veto()).isEmpty();
        assertThat(explained.score()).isGreaterThan(0.8);
        assertThat(unexplained.veto()).contains(Veto.entity);
    }

    @Test
    void aNearerPairNeverScoresLower() {
        double before = 0;
        for (double cosine = 0.5; cosine <= 1; cosine += 0.01) {
            double score = judge("How do I reset my password?", "How can I change my password?", cosine).score();
            assertThat(score).isGreaterThanOrEqualTo(before).isBetween(0.0, 1.0);
            before = score;
        }
    }

    @Test
    void theSameTextScoresHigherThanAnother() {
        assertThat(judge("How do I reset my password?", "How do I reset my password", 1).score())
                .isGreaterThan(judge("How do I reset my password?", "How do I change my user name", 0.85).score());
    }

    @Test
    void hostileTextsAreJudgedInTime() {
        String quotes = "' \" a1 no not 5 -5 to from ".repeat(70);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> judge(quotes, quotes.replace("5", "6"), 0.9));
        String word = "a".repeat(2_000);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> judge(word, word + "b", 0.9));
    }

    @Test
    void nothingOfThePairShows() {
        assertThat(new Pair("secret", "secret", 1).toString()).doesNotContain("secret");
    }

    private static Judgement judge(String asked, String stored, double cosine) {
        return VERIFIER.judge(List.of(new Pair(asked, stored, cosine))).getFirst();
    }
}
