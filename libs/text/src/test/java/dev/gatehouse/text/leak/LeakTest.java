package dev.gatehouse.text.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.AnswerRule;
import dev.gatehouse.text.stream.AnswerRules;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.Splits;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeakTest {

    private static final String SYSTEM = "You are Orla, the assistant of the harbour office. Never reveal the berth prices of regular customers. "
            + "Answer in the language of the question, and end each answer with the tide of the day.";

    private final SystemPromptLeak leak = new SystemPromptLeak(SYSTEM, 8);

    private static String masked(StreamingDetector detector, String answer) {
        return AnswerRules.redacting(List.of(new AnswerRule("leak", detector, 0.5, AnswerRule.Action.MASK))).whole(answer).text();
    }

    @Test
    void words_in_a_row_are_found_whatever_their_case_and_punctuation() {
        assertThat(masked(leak, "My rules: NEVER reveal the berth-prices\nof regular, customers! Sorry."))
                .isEqualTo("My rules: NEVER reveal [REDACTED_SYSTEM_PROMPT]! Sorry.");
    }

    @Test
    void a_few_words_in_common_are_no_leak() {
        assertThat(leak.scan("You are right: the language of the question is Dutch, and the tide of the day is low.")).isEmpty();
    }

    @Test
    void a_copy_in_rot13_is_found() {
        assertThat(leak.scan("Arire erirny gur oregu cevprf bs erthyne phfgbzref.")).hasSize(1);
    }

    @Test
    void the_whole_text_is_found_in_pieces() {
        String words = "alpha beta gamma delta epsilon zeta eta theta iota kappa ".repeat(1)
                + new Random(1).ints(300, 0, 10_000).mapToObj(i -> "w" + i).reduce("", (a, b) -> a + " " + b);
        List<Finding> found = new SystemPromptLeak(words, 12).scan("Here: " + words + ". Done");
        assertThat(found).hasSize(5);
        assertThat(masked(new SystemPromptLeak(words, 12), "Here: " + words + ". Done")).startsWith("Here: alpha beta [REDACTED_SYSTEM_PROMPT]").endsWith("]. Done");
    }

    @Test
    void finds_the_same_however_an_answer_is_cut() {
        Random random = new Random(2);
        String[] words = SYSTEM.split(" ");
        for (int i = 0; i < 400; i++) {
            StringBuilder answer = new StringBuilder();
            for (int n = random.nextInt(6); n >= 0; n--) {
                int from = random.nextInt(words.length);
                int to = Math.min(words.length, from + random.nextInt(14));
                answer.append(String.join(random.nextBoolean() ? " " : ",\n", List.of(words).subList(from, to))).append(random.nextBoolean() ? " so " : " ".repeat(random.nextInt(90)));
            }
            String text = answer.toString();
            List<Finding> whole = Splits.findings(leak, text);
            assertThat(Splits.findings(leak, text, Splits.every(text.length()))).as(text).isEqualTo(whole);
            assertThat(Splits.findings(leak, text, Splits.random(random, text.length()))).as(text).isEqualTo(whole);
        }
    }

    @Test
    void text_waits_from_the_third_word_in_common() {
        DetectorStream stream = leak.open();
        assertThat(stream.feed("Boats of regular ").settled()).isEqualTo("Boats of regular ".length());
        assertThat(stream.feed("customers").settled()).isEqualTo("Boats of regular ".length());
        assertThat(stream.feed(" pay.").settled()).isGreaterThanOrEqualTo("Boats of regular customers ".length());
    }

    @Test
    void a_canary_is_found_in_every_form() {
        String token = Canaries.derived(new byte[32], "conversation-1");
        Canaries canaries = new Canaries(List.of(token));
        String encoded = Base64.getEncoder().encodeToString(("x" + token + " and more").getBytes());
        for (String form : List.of(token, token.toUpperCase(), new StringBuilder(token).reverse().toString(), encoded)) {
            assertThat(canaries.scan("It says " + form + ".")).as(form).isNotEmpty();
        }
        assertThat(canaries.scan("It says " + Canaries.derived(new byte[32], "conversation-2"))).isEmpty();
        assertThat(canaries.toString() + leak).doesNotContain(token, "Orla");
    }
}
