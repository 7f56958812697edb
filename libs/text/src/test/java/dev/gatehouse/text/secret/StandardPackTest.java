package dev.gatehouse.text.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the standard pack, on texts made from its own pattern. */
class StandardPackTest {

    private static final int TRIES = 60;

    static Stream<SecretRule> rules() {
        return RulePack.standard().rules().stream();
    }

    @Test
    void the_pack_is_broad() {
        assertThat(rules().filter(rule -> rule.kind() == SecretRule.Kind.PROVIDER).count()).isGreaterThan(900);
    }

    @Test
    void no_two_rules_look_for_the_same() {
        assertThat(rules().flatMap(rule -> rule.keywords().stream().map(keyword -> keyword + " " + rule.value().pattern())))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void a_rule_finds_what_its_pattern_makes(SecretRule rule) {
        assertThat(positive(rule)).as("%s found in none of %d texts", rule.id(), TRIES).isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void a_rule_finds_nothing_without_its_keyword(SecretRule rule) {
        String broken = positive(rule);
        for (String keyword : rule.keywords()) {
            broken = broken.replaceAll("(?i)" + java.util.regex.Pattern.quote(keyword), "\u00a7");
        }
        assertThat(finds(rule, broken)).as(rule.id()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void a_rule_finds_nothing_in_a_value_cut_to_a_third(SecretRule rule) {
        if (PatternLength.isRun(rule.value().pattern()) && rule.value().groupCount() == 0) {
            String value = Synthesis.of(rule.value().pattern(), new Random(7));
            int third = Math.min(value.length(), PatternLength.shortest(rule.value().pattern())) / 3;
            assertThat(finds(rule, context(rule, value.substring(0, third)))).as(rule.id()).isFalse();
        }
    }

    private static String positive(SecretRule rule) {
        Random random = new Random(rule.id().hashCode());
        return Stream.generate(() -> context(rule, Synthesis.of(rule.value().pattern(), random))).limit(TRIES)
                .filter(text -> finds(rule, text)).findFirst().orElse(null);
    }

    private static String context(SecretRule rule, String value) {
        return switch (rule.anchor()) {
            case Anchor.Prefix ignored -> "see " + value;
            case Anchor.Inside ignored -> " " + value + " ";
            case Anchor.Near near -> near.keywords().getFirst().toUpperCase(Locale.ROOT) + (near.role() ? "_key=" : "=") + value;
        };
    }

    private static boolean finds(SecretRule rule, String text) {
        SecretDetector alone = new SecretDetector(new RulePack(List.of(rule)), SecretDetector.Options.standard());
        return alone.scan(text).stream().anyMatch(finding -> finding.category().equals(rule.id()));
    }
}
