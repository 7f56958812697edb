package dev.gatehouse.guard.compile;

import com.google.re2j.Pattern;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.guard.Detection;
import dev.gatehouse.text.anomaly.AnomalyDetector;
import dev.gatehouse.text.anomaly.Thresholds;
import dev.gatehouse.text.pattern.PatternList;
import dev.gatehouse.text.pattern.UserPattern;
import dev.gatehouse.text.pattern.WordList;
import dev.gatehouse.text.pii.CustomEntity;
import dev.gatehouse.text.pii.Entity;
import dev.gatehouse.text.pii.PiiDetector;
import dev.gatehouse.text.secret.RulePack;
import dev.gatehouse.text.secret.SecretDetector;
import dev.gatehouse.text.secret.SecretRule;
import dev.gatehouse.text.signature.SignatureDetector;
import dev.gatehouse.text.view.EvasionScan;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.Set;

/** Makes the scan of one rule. The signatures and the secret pack that come with Gatehouse are compiled once and shared. */
final class Scans {

    private static final double CUSTOM_ENTITY_SCORE = 0.9;

    private final SignatureDetector signatures = SignatureDetector.bundled();
    private final RulePack pack = RulePack.standard();

    /**
     * @param field path of the rule, for what it is refused for
     * @throws InvalidField for an unknown entity, region, secret rule or signature category
     */
    CompiledRule.Scan of(Detection detection, double minimumScore, String field) {
        return switch (detection) {
            case Detection.Pii pii -> EvasionScan.ofData(pii(pii, minimumScore, field + ".pii"))::scan;
            case Detection.Secrets secrets -> EvasionScan.ofData(secrets(secrets, field + ".secrets"))::scan;
            case Detection.Signatures wanted -> signatures(wanted, field + ".signatures");
            case Detection.Anomaly anomaly -> anomaly(anomaly);
            case Detection.Patterns patterns -> EvasionScan.ofWords(patterns(patterns))::scan;
            case Detection.Words words -> EvasionScan.ofWords(words(words))::scan;
        };
    }

    private static PiiDetector pii(Detection.Pii pii, double minimumScore, String field) {
        Set<Entity> entities = pii.entities().isEmpty() && pii.custom().isEmpty() ? EnumSet.allOf(Entity.class) : entities(pii, field);
        Set<String> regions = pii.regions().isEmpty() ? PiiDetector.DEFAULT_PHONE_REGIONS : Set.copyOf(pii.regions());
        try {
            return new PiiDetector(entities, regions, minimumScore, pii.custom().stream().map(Scans::custom).toList());
        } catch (IllegalArgumentException e) {
            throw new InvalidField(field, e.getMessage());
        }
    }

    private static Set<Entity> entities(Detection.Pii pii, String field) {
        Set<Entity> entities = EnumSet.noneOf(Entity.class);
        List<String> known = Arrays.stream(Entity.values()).map(Entity::name).toList();
        for (int i = 0; i < pii.entities().size(); i++) {
            checkKnown(pii.entities().get(i), known, field + ".entities[" + i + "]", "entity");
            entities.add(Entity.valueOf(pii.entities().get(i)));
        }
        return entities;
    }

    private static CustomEntity custom(Detection.CustomEntity custom) {
        return new CustomEntity(custom.name(), Pattern.compile(custom.pattern()), Set.copyOf(custom.context()), CUSTOM_ENTITY_SCORE);
    }

    private SecretDetector secrets(Detection.Secrets secrets, String field) {
        List<String> known = pack.rules().stream().map(SecretRule::id).toList();
        checkAllKnown(secrets.include(), known, field + ".include");
        checkAllKnown(secrets.exclude(), known, field + ".exclude");
        Set<String> include = Set.copyOf(secrets.include());
        RulePack used = include.isEmpty() ? pack
                : new RulePack(pack.rules().stream().filter(rule -> include.contains(rule.id())).toList());
        return new SecretDetector(used, new SecretDetector.Options(kinds(secrets), Set.copyOf(secrets.exclude())));
    }

    private static Set<SecretRule.Kind> kinds(Detection.Secrets secrets) {
        return secrets.kinds().stream().map(kind -> SecretRule.Kind.valueOf(kind.name().toUpperCase(Locale.ROOT))).collect(Collectors.toSet());
    }

    private CompiledRule.Scan signatures(Detection.Signatures wanted, String field) {
        if (wanted.categories().isEmpty()) {
            return signatures::scan;
        }
        Set<String> categories = Set.copyOf(wanted.categories());
        checkAllKnown(wanted.categories(), signatures.categories(), field + ".categories");
        return text -> signatures.scan(text).stream().filter(finding -> categories.contains(finding.category())).toList();
    }

    private static CompiledRule.Scan anomaly(Detection.Anomaly anomaly) {
        AnomalyDetector detector = new AnomalyDetector(new Thresholds(
                anomaly.maxEntropy().orElse(Double.MAX_VALUE), anomaly.maxInvisibleShare().orElse(Double.MAX_VALUE),
                anomaly.maxRepetition().orElse(Double.MAX_VALUE), Integer.MAX_VALUE, Integer.MAX_VALUE,
                anomaly.maxLength().orElse(Integer.MAX_VALUE), Thresholds.DEFAULT.shortest()));
        return text -> detector.scan(text.original());
    }

    private static PatternList patterns(Detection.Patterns patterns) {
        return new PatternList(patterns.patterns().stream()
                .map(pattern -> UserPattern.of(pattern.name(), pattern.pattern(), pattern.group().orElse(0))).toList());
    }

    private static WordList words(Detection.Words words) {
        return new WordList("words", words.list(), new WordList.Matching(words.caseSensitive(), words.wholeWord()));
    }

    private static void checkAllKnown(List<String> words, List<String> known, String field) {
        for (int i = 0; i < words.size(); i++) {
            checkKnown(words.get(i), known, field + "[" + i + "]", "name");
        }
    }

    private static void checkKnown(String word, List<String> known, String field, String what) {
        if (!known.contains(word)) {
            throw InvalidField.unknown(field, what, word, known);
        }
    }
}
