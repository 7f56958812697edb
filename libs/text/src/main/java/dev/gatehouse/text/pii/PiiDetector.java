package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.StreamingDetector;
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
public final class PiiDetector implements StreamingDetector {

    /** The bar below which a finding is more likely something else. */
    public static final double DEFAULT_MINIMUM_SCORE = 0.5;

    /** Regions whose national phone numbers are told from other numbers where no label helps. */
    public static final Set<String> DEFAULT_PHONE_REGIONS = Set.of("US", "CA", "GB", "IE", "AU", "NZ", "DE", "AT", "CH", "FR", "BE", "NL", "ES", "PT", "IT",
        "PL", "CZ", "SE", "NO", "DK", "FI", "IN", "BR", "MX", "ZA", "JP");

    private final List<Recogniser> recognisers;
    private final Reach reach;
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
        reach = new Reach(LetterRule.of(entities));
        this.customEntities = new CustomEntities(customEntities);
        this.minimumScore = minimumScore;
    }

    @Override
    public DetectorStream open() {
        return new PiiStream(recognisers, customEntities, reach, new Findings(minimumScore));
    }

    private static List<Recogniser> recognisers(Set<Entity> entities, Set<String> phoneRegions) {
        List<Recogniser> recognisers = new ArrayList<>();
        if (entities.isEmpty()) {
            return recognisers;
        }
        recognisers.add(Recogniser.each(Seeds.Kind.RUN, new Numbers(new NumberRules(entities))::find));
        recognisers.add(Recogniser.each(Seeds.Kind.WORD, new LetterIds(LetterRule.of(entities))::find));
        recognisers.add(new Recogniser(Seeds.Kind.WORD, new LabelledIds(entities)::find));
        addIf(entities, Entity.EMAIL, Seeds.Kind.AT, new Emails()::find, recognisers);
        addIf(entities, Entity.IBAN, Seeds.Kind.WORD, new Ibans()::find, recognisers);
        addIf(entities, Entity.CRYPTO, Seeds.Kind.WORD, new Wallets()::find, recognisers);
        addIf(entities, Entity.DATE_OF_BIRTH, Seeds.Kind.RUN, new Dates()::find, recognisers);
        addIf(entities, Entity.IP_ADDRESS, Seeds.Kind.RUN, new IpAddresses()::v4, recognisers);
        addIf(entities, Entity.IP_ADDRESS, Seeds.Kind.COLON, new IpAddresses()::v6, recognisers);
        addIf(entities, Entity.MAC_ADDRESS, Seeds.Kind.COLON, new MacAddresses()::coloned, recognisers);
        addIf(entities, Entity.MAC_ADDRESS, Seeds.Kind.WORD, new MacAddresses()::dashed, recognisers);
        if (entities.contains(Entity.PHONE)) {
            recognisers.add(new Recogniser(Seeds.Kind.RUN, new Phones(phoneRegions)::find));
        }
        return List.copyOf(recognisers);
    }

    private static void addIf(Set<Entity> entities, Entity entity, Seeds.Kind kind, Recogniser.Each find, List<Recogniser> recognisers) {
        if (entities.contains(entity)) {
            recognisers.add(Recogniser.each(kind, find));
        }
    }
}
