package dev.gatehouse.detection;

import com.google.re2j.Pattern;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.guard.Detection;
import dev.gatehouse.text.pattern.PatternList;
import dev.gatehouse.text.pattern.UserPattern;
import dev.gatehouse.text.pattern.WordList;
import dev.gatehouse.text.pii.CustomEntity;
import dev.gatehouse.text.pii.Entity;
import dev.gatehouse.text.pii.PiiDetector;
import dev.gatehouse.text.secret.RulePack;
import dev.gatehouse.text.secret.SecretDetector;
import dev.gatehouse.text.secret.SecretRule;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the detectors of rules. The secret pack that comes with Gatehouse is compiled once. Thread-safe. */
public final class Detectors {

    private static final double CUSTOM_ENTITY_SCORE = 0.9;

    private final RulePack pack = RulePack.standard();

    /**
     * @param minimumScore findings below do not count
     * @param field        path of the block, for what it is refused for
     * @throws InvalidField for an unknown entity or region
     */
    public PiiDetector pii(Detection.Pii pii, double minimumScore, String field) {
        Set<Entity> entities = pii.entities().isEmpty() && pii.custom().isEmpty() ? EnumSet.allOf(Entity.class) : entities(pii, field);
        Set<String> regions = pii.regions().isEmpty() ? PiiDetector.DEFAULT_PHONE_REGIONS : Set.copyOf(pii.regions());
        try {
            return new PiiDetector(entities, regions, minimumScore, pii.custom().stream().map(Detectors::custom).toList());
        } catch (IllegalArgumentException e) {
            throw new InvalidField(field, e.getMessage());
        }
    }

    /** @throws InvalidField for an unknown rule */
    public SecretDetector secrets(Detection.Secrets secrets, String field) {
        List<String> known = pack.rules().stream().map(SecretRule::id).toList();
        Known.checkAll(secrets.include(), known, field + ".include");
        Known.checkAll(secrets.exclude(), known, field + ".exclude");
        Set<String> include = Set.copyOf(secrets.include());
        RulePack used = include.isEmpty() ? pack
                : new RulePack(pack.rules().stream().filter(rule -> include.contains(rule.id())).toList());
        return new SecretDetector(used, new SecretDetector.Options(kinds(secrets), Set.copyOf(secrets.exclude())));
    }

    /** @param maxLength longest match in a text that grows, in UTF-16 units; whole texts are not held to it */
    public PatternList patterns(Detection.Patterns patterns, int maxLength) {
        return new PatternList(patterns.patterns().stream()
                .map(pattern -> new UserPattern(pattern.name(), pattern.pattern(), pattern.group().orElse(0), 1, maxLength)).toList());
    }

    public WordList words(Detection.Words words) {
        return new WordList("words", words.list(), new WordList.Matching(words.caseSensitive(), words.wholeWord()));
    }

    private static Set<Entity> entities(Detection.Pii pii, String field) {
        Set<Entity> entities = EnumSet.noneOf(Entity.class);
        List<String> known = Arrays.stream(Entity.values()).map(Entity::name).toList();
        for (int i = 0; i < pii.entities().size(); i++) {
            Known.check(pii.entities().get(i), known, field + ".entities[" + i + "]", "entity");
            entities.add(Entity.valueOf(pii.entities().get(i)));
        }
        return entities;
    }

    private static CustomEntity custom(Detection.CustomEntity custom) {
        return new CustomEntity(custom.name(), Pattern.compile(custom.pattern()), Set.copyOf(custom.context()), CUSTOM_ENTITY_SCORE);
    }

    private static Set<SecretRule.Kind> kinds(Detection.Secrets secrets) {
        return secrets.kinds().stream().map(kind -> SecretRule.Kind.valueOf(kind.name().toUpperCase(Locale.ROOT))).collect(Collectors.toSet());
    }
}
