package dev.gatehouse.cache.verify.sameness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordSamenessTest {

    private static final Sameness SAMENESS = new WordSameness();
    private static final String LONG = "To reset your password, open the settings, choose Security and press Reset. You get a mail with a link that is good for one hour. "
            + "If it does not come, look into the folder of unwanted mail, or ask the administrator of your organisation to send a new one to you. ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "true  | By the link in the menu.         | by the link in the menu",
            "true  | The capital of Peru is Lima.     | Lima is the capital of Peru",
            "false | It is 12.                        | It is 13.",
            "false | The capital of Peru is Lima.     | The capital of Chile is Santiago.",
            "false | Yes, you can swim there.         | No, you can not swim there.",
            "false | Press the green button twice     | Cats sleep sixteen hours",
    })
    void shortAnswersAreComparedWordByWord(boolean same, String kept, String fresh) {
        assertThat(SAMENESS.same("?", kept, fresh)).contains(same);
    }

    @Test
    void longAnswersMayDifferInAFewWords() {
        assertThat(SAMENESS.same("?", LONG, LONG.replace("unwanted mail", "junk").replace("press", "click"))).contains(true);
        assertThat(SAMENESS.same("?", LONG + "Within 24 hours.", LONG + "Within 72 hours.")).contains(false);
    }

    @Test
    void whatCannotBeToldIsNoLesson() {
        assertThat(SAMENESS.same("?", "Use the reset link in your account menu please", "Open the account menu and look for a reset button there")).isEqualTo(Optional.empty());
    }

    @Test
    void endlessAnswersAreComparedInTime() {
        String endless = "alpha beta gamma delta epsilon zeta eta theta ".repeat(50_000);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> SAMENESS.same("?", endless, endless + "iota"));
    }
}
