package dev.gatehouse.text.pii;

import dev.gatehouse.text.Detector;
import dev.gatehouse.text.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds personal data in a text, by entity. Immutable and thread-safe; time is linear in the text's length.
 *
 * <p>A finding's detector is {@code pii}, its category {@link Entity#name()} or {@link CustomEntity#name()}. Its score says what speaks
 * for it: 0.9 and up a checksum or a strict form together with a label or enough by itself; 0.6 to 0.85 a usual form, or a label
 * without a checksum; below 0.5 a form that many other things have. {@value #DEFAULT_MINIMUM_SCORE} is the default bar, at which
 * the published table is measured. Findings do not overlap: the higher score wins, then the longer span.
 */
public final class PiiDetector implements Detector {

    /** The bar below which a finding is more likely something else. */
    public static final double DEFAULT_MINIMUM_SCORE = 0.5;

    /** Regions whose national phone numbers are told from other numbers where no label helps. */
    public static final Set<String> DEFAULT_PHONE_REGIONS = Set.of("US", "CA", "GB", "IE", "AU", "NZ", "DE", "AT", "CH", "FR", "BE", "NL", "ES", "PT", "IT",
        "PL", "CZ", "SE", "NO", "DK", "FI", "IN", "BR", "MX", "ZA", "JP");

    private interface Recogniser {
        void find(String text, Seeds seeds, Findings findings);
    }

    private final List<Recogniser> recognisers;
    private final CustomEntities customEntities;
    private final double minimumScore;

    /** A detector without entities of the user's own. */
    public PiiDetector(Set<Entity> entities, Set<String> phoneRegions, double minimumScore) {
        this(entities, phoneRegions, minimumScore, List.of());
    }

    /**
     * @param entities       what to look for
     * @param phoneRegions   ISO 3166-1 alpha-2 codes, upper case; ignored without {@link Entity#PHONE}
     * @param minimumScore   findings below it are dropped, 0 to 1
     * @param customEntities the user's own, looked for as well
     * @throws IllegalArgumentException for a region that libphonenumber does not know or a score outside 0 to 1
     */
    public PiiDetector(Set<Entity> entities, Set<String> phoneRegions, double minimumScore, List<CustomEntity> customEntities) {
        if (!(minimumScore >= 0 && minimumScore <= 1)) {
            throw new IllegalArgumentException("the minimum score is not between 0 and 1: " + minimumScore);
        }
        this.recognisers = recognisers(Set.copyOf(entities), phoneRegions);
        this.customEntities = new CustomEntities(customEntities);
        this.minimumScore = minimumScore;
    }

    @Override
    public List<Finding> scan(String text) {
        Seeds seeds = new Seeds(text);
        Findings findings = new Findings(minimumScore);
        recognisers.forEach(recogniser -> recogniser.find(text, seeds, findings));
        customEntities.find(text, findings);
        return findings.settle();
    }

    private static List<Recogniser> recognisers(Set<Entity> entities, Set<String> phoneRegions) {
        List<Recogniser> recognisers = new ArrayList<>();
        recognisers.add(new Numbers(new NumberRules(entities))::find);
        recognisers.add(new LetterIds(LetterRule.of(entities))::find);
        recognisers.add(new LabelledIds(entities)::find);
        addIf(entities.contains(Entity.EMAIL), new Emails()::find, recognisers);
        addIf(entities.contains(Entity.IBAN), new Ibans()::find, recognisers);
        addIf(entities.contains(Entity.CRYPTO), new Wallets()::find, recognisers);
        addIf(entities.contains(Entity.DATE_OF_BIRTH), new Dates()::find, recognisers);
        addIf(entities.contains(Entity.IP_ADDRESS), new IpAddresses()::find, recognisers);
        addIf(entities.contains(Entity.MAC_ADDRESS), new MacAddresses()::find, recognisers);
        if (entities.contains(Entity.PHONE)) {
            recognisers.add(new Phones(phoneRegions)::find);
        }
        return List.copyOf(recognisers);
    }

    private static void addIf(boolean wanted, Recogniser recogniser, List<Recogniser> recognisers) {
        if (wanted) {
            recognisers.add(recogniser);
        }
    }
}
