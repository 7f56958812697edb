package dev.gatehouse.text.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.pattern.PatternList;
import dev.gatehouse.text.pattern.UserPattern;
import dev.gatehouse.text.pattern.WordList;
import dev.gatehouse.text.pii.Entity;
import dev.gatehouse.text.pii.PiiDetector;
import dev.gatehouse.text.secret.RulePack;
import dev.gatehouse.text.secret.SecretDetector;
import dev.gatehouse.text.secret.SecretRule;
import dev.gatehouse.text.stream.AnswerRule;
import dev.gatehouse.text.stream.AnswerRules;
import dev.gatehouse.text.stream.AnswerStream;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisguisedAnswersTest {

    private static final StreamingDetector PII = new StreamedReadings(
            new PiiDetector(EnumSet.allOf(Entity.class), PiiDetector.DEFAULT_PHONE_REGIONS, 0.5));
    private static final StreamingDetector SECRETS = new StreamedReadings(new SecretDetector(RulePack.standard(),
            new SecretDetector.Options(Set.of(SecretRule.Kind.PROVIDER, SecretRule.Kind.GENERIC), Set.of())));
    private static final StreamingDetector WORDS = new StreamedReadings(new WordList("words", List.of("project zeus", "stra\u00dfe"), new WordList.Matching(false, true)));
    private static final StreamingDetector TICKETS = new StreamedReadings(new PatternList(List.of(UserPattern.of("ticket", "TCK-[0-9]{4,8}"))));
    private static final AnswerRules RULES = AnswerRules.redacting(List.of(rule("pii", PII), rule("secrets", SECRETS), rule("words", WORDS), rule("tickets", TICKETS)));

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "a\u200bda@exam\u200bple.org", "\uff41\uff44\uff41@example.org", "ada\uff20example.org",
        "\ud835\udc1a\ud835\udc1d\ud835\udc1a@example.org", "ad\u0430@ex\u0430mple.org", "a\u0301da@exa\u0308mple.org", "\u202eada@example.org"})
    void anAddressIsMaskedWhateverHidesIt(String address) {
        assertThat(RULES.whole("Ask " + address + ", please").text()).matches("Ask \u202e?\\[REDACTED_EMAIL], please");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AKIA\u200bZ3MK7QPLX2VN5RTW", "AKIAZ3MK7QPLX2VN5RT\uff37", "AKI\ufe0fAZ3MK7QPLX2VN5RTW"})
    void aKeyIsMaskedWhateverHidesIt(String key) {
        assertThat(RULES.whole("The key " + key + " is mine").text()).isEqualTo("The key [REDACTED_AWS_ACCESS_KEY_ID] is mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"project zeus", "pr\u043eject zeus", "\u0440roject zeus", "project\u00a0z\u00ebus", "\uff30\uff32\uff2f\uff2a\uff25\uff23\uff34 zeus", "stra\u00dfe", "TCK\u200b-12345"})
    void wordsAndPatternsAreMaskedWhateverHidesThem(String word) {
        assertThat(RULES.whole("so " + word + " it is").text()).matches("so \\[REDACTED_(WORDS|TICKET)] it is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u041f\u0440\u0438\u0432\u0435\u0442, \u043a\u0430\u043a \u0434\u0435\u043b\u0430?", "caf\u00e9 na\u00efve \u00fcber", "\u4f60\u597d \ud83d\ude00", "\u0633\u0644\u0627\u0645", "plain text"})
    void whatHidesNothingPassesAsItCame(String text) {
        assertThat(RULES.whole(text).text()).isEqualTo(text);
        assertThat(RULES.whole(text).hits()).isEmpty();
    }

    @Test
    void aFindingIsToldOnce() {
        AnswerStream.Released released = RULES.whole("na\u00efve ada@example.org and eve@example.net");
        assertThat(released.hits()).extracting(hit -> hit.finding().category()).containsExactly("EMAIL", "EMAIL");
        assertThat(PII.scan("x\u200b ada@example.org")).extracting(Finding::start).containsExactly(3);
    }

    @Test
    void theClientReadsTheSameHoweverTheTextIsCut() {
        Random random = new Random(5);
        String[] pieces = {"ada@example.org", "a\u200bda@exam\u200bple.org", "\ud835\udc1ada@example.org", " ", "\u200b", "\u043e", "pr\u043eject zeus", "caf\u00e9", "\ud83d\ude00",
            "TCK-12345", "AKIA\u200bZ3MK7QPLX2VN5RTW", ", ", "word", "\u0430\u0431\u0432", "4", "+44 20 7946 0958", "\ud83d", "stra\u00dfe", "\n"};
        for (int i = 0; i < 1_500; i++) {
            StringBuilder text = new StringBuilder();
            for (int piece = random.nextInt(14) + 1; piece > 0; piece--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            AnswerStream.Released whole = RULES.whole(text.toString());
            AnswerStream stream = RULES.open();
            AnswerStream.Released cut = new AnswerStream.Released("", List.of(), false);
            for (int at = 0; at < text.length(); ) {
                int to = Math.min(text.length(), at + random.nextInt(7) + 1);
                cut = cut.and(stream.feed(text.substring(at, to)));
                at = to;
            }
            cut = cut.and(stream.end());
            assertThat(cut.text()).as(text.toString()).isEqualTo(whole.text());
            assertThat(cut.hits()).as(text.toString()).hasSameSizeAs(whole.hits());
        }
    }

    private static AnswerRule rule(String name, StreamingDetector detector) {
        return new AnswerRule(name, detector, 0.5, AnswerRule.Action.MASK);
    }
}
