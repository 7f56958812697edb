package dev.gatehouse.text.pii;

import java.util.Set;
import java.util.function.Predicate;

/**
 * A national number of digits only.
 *
 * @param layouts lengths of the groups it is usually written in, coded by {@link #layout(int...)}
 * @param check   checksum and ranges, on the digits alone
 * @param known   further ranges that are asked for where no label stands
 * @param bare    score of plain digits with no label
 * @param grouped score in a usual layout with no label
 */
record NumberRule(Entity entity, int digits, Set<Long> layouts, Predicate<String> check, Predicate<String> known, double bare,
        double grouped) {

    /** Score with a label near, in a usual layout or as plain digits. */
    static final double LABELLED = 0.95;
    /** Score with a label near, in a layout nobody uses. */
    static final double LABELLED_ODDLY = 0.75;
    /** What is left of a score when the words name something else. */
    static final double CONTRADICTED = 0.6;
    /** Highest score where the words say it is no personal data. */
    static final double DENIED = 0.3;

    private static final double SELF_EVIDENT = 0.9;

    /** A code for group lengths, five bits each. */
    static long layout(int... lengths) {
        long layout = 0;
        for (int length : lengths) {
            layout = append(layout, length);
        }
        return layout;
    }

    static long append(long layout, int length) {
        return layout << 5 | Math.min(length, 31);
    }

    /** How sure we are of digits that pass the check. */
    double score(String id, long layout, Context context) {
        boolean plain = layout == digits;
        boolean usual = layouts.contains(layout);
        if (context.names(entity)) {
            return plain || usual ? LABELLED : LABELLED_ODDLY;
        }
        double alone = !known.test(id) ? 0 : plain ? bare : usual ? grouped : 0;
        return weigh(alone, entity, context);
    }

    /** A score without a label, lowered by words that name something else; the self-evident stands. */
    static double weigh(double alone, Entity entity, Context context) {
        if (alone >= SELF_EVIDENT) {
            return alone;
        }
        if (context.denies()) {
            return Math.min(alone, DENIED);
        }
        return context.namesAnother(entity) ? alone * CONTRADICTED : alone;
    }
}
