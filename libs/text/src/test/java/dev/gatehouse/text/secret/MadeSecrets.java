package dev.gatehouse.text.secret;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Texts with values of all rules, a few to a text, between words. */
public final class MadeSecrets {

    private static final int LONGEST = 300;

    private MadeSecrets() {
    }

    public static List<String> texts(long seed) {
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
        String whole = Synthesis.of(rule.value().pattern(), random);
        String value = whole.substring(0, Math.min(LONGEST, whole.length()));
        return rule.anchor() instanceof Anchor.Near near ? near.keywords().getFirst().toUpperCase(Locale.ROOT) + "_key=" + value : value;
    }
}
