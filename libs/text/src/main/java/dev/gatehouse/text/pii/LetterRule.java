package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An identifier of letters and digits.
 *
 * @param check checksum and ranges, on the letters (upper case) and digits alone
 * @param alone score in upper case with no label; in lower case a label is needed
 */
record LetterRule(Entity entity, Shape shape, Predicate<String> check, double alone) {

    private static final String NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String CODICE_MONTHS = "ABCDEHLMPRST";
    private static final String OMOCODIA = "LMNPQRSTUV";
    private static final int[] ODD = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    private static final Set<String> NINO_UNUSED = Set.of("BG", "GB", "NK", "KN", "TN", "NT", "ZZ");

    /** The rules of the entities wanted. */
    static List<LetterRule> of(Set<Entity> entities) {
        return List.of(
            rule(Entity.UK_NINO, "AA|99|99|99|A", LetterRule::nino, 0.7),
            rule(Entity.IN_PAN, "AAAAA|9999|A", LetterRule::pan, 0.75),
            rule(Entity.ES_NIF, "99|999|999|A", LetterRule::nif, 0.75),
            rule(Entity.ES_NIF, "A|9999999|A", LetterRule::nie, 0.8),
            rule(Entity.ES_NIF, "A|9|999|999|A", LetterRule::nie, 0.8),
            rule(Entity.IT_CODICE_FISCALE, "AAA|AAA|**A**|A***|A", LetterRule::codiceFiscale, 0.95),
            rule(Entity.FR_NIR, "9|99|99|9*|999|999|99", Checksums::nir, 0.9),
            rule(Entity.DRIVER_LICENSE, "A****|999999|A*|9AA", LetterRule::britishLicence, 0.7))
            .stream().filter(rule -> entities.contains(rule.entity)).toList();
    }

    /** How sure we are of a match that passes the check. */
    double score(Shape.Match match, Context context) {
        if (context.names(entity)) {
            return NumberRule.LABELLED;
        }
        return match.upper() ? NumberRule.weigh(alone, entity, context) : 0;
    }

    /** Whether an identifier of short words may begin at an index, as far as the text is known. */
    boolean mayGoOn(GrowingText text, int start) {
        return shape.mayGoOn(text, start) && (Chars.isUpper(text.charAt(start)) || Context.nameBefore(text, start, entity));
    }

    private static LetterRule rule(Entity entity, String pattern, Predicate<String> check, double alone) {
        return new LetterRule(entity, new Shape(pattern), check, alone);
    }

    /** HMRC: neither letter is D, F, I, Q, U or V, the second no O; some pairs are not used; suffix A to D. */
    private static boolean nino(String id) {
        return "DFIQUV".indexOf(id.charAt(0)) < 0 && "DFIOQUV".indexOf(id.charAt(1)) < 0 && !NINO_UNUSED.contains(id.substring(0, 2))
            && id.charAt(8) >= 'A' && id.charAt(8) <= 'D';
    }

    /** Income Tax Department: the fourth letter is the type of holder; the number is not 0000. */
    private static boolean pan(String id) {
        return "ABCFGHJLPTEK".indexOf(id.charAt(3)) >= 0 && !id.startsWith("0000", 5);
    }

    private static boolean nif(String id) {
        return NIF_LETTERS.charAt(Integer.parseInt(id, 0, 8, 10) % 23) == id.charAt(8) && !Checksums.uniform(id.substring(0, 8));
    }

    private static boolean nie(String id) {
        int prefix = "XYZ".indexOf(id.charAt(0));
        return prefix >= 0 && NIF_LETTERS.charAt((prefix * 10_000_000 + Integer.parseInt(id, 1, 8, 10)) % 23) == id.charAt(8);
    }

    /** The month letter, digits or their omocodia letters where digits belong, and the check letter. */
    private static boolean codiceFiscale(String id) {
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = Chars.isDigit(id.charAt(i)) ? id.charAt(i) - '0' : id.charAt(i) - 'A';
            sum += i % 2 == 0 ? ODD[value] : value;
        }
        return CODICE_MONTHS.indexOf(id.charAt(8)) >= 0 && numeric(id, 6, 7, 9, 10, 12, 13, 14) && 'A' + sum % 26 == id.charAt(15);
    }

    private static boolean numeric(String id, int... places) {
        for (int place : places) {
            if (!Chars.isDigit(id.charAt(place)) && OMOCODIA.indexOf(id.charAt(place)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** DVLA: surname padded with 9, decade, month (51-62 for women), day, year, initials or 9, and three more. */
    private static boolean britishLicence(String id) {
        int month = Integer.parseInt(id, 6, 8, 10) % 50;
        int day = Integer.parseInt(id, 8, 10, 10);
        return month >= 1 && month <= 12 && day >= 1 && day <= 31 && surname(id)
            && (Chars.isLetter(id.charAt(12)) || id.charAt(12) == '9');
    }

    private static boolean surname(String id) {
        int letters = 0;
        while (letters < 5 && Chars.isLetter(id.charAt(letters))) {
            letters++;
        }
        return id.substring(letters, 5).chars().allMatch(c -> c == '9');
    }
}
