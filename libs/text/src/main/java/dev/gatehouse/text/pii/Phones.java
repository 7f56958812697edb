package dev.gatehouse.text.pii;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.gatehouse.text.stream.GrowingText;
import java.util.List;
import java.util.Set;

/**
 * Recognises phone numbers. Candidates are runs of digits joined as people join them in phone numbers; libphonenumber is asked about a
 * candidate only, never about the text.
 *
 * <p>Scores: international and valid {@value #INTERNATIONAL}; with a label and valid in a region {@value #LABELLED}, or merely of a
 * phone number's length {@value #PLAUSIBLE}; without a label only where it is valid in a region and grouped as that region groups
 * it {@value #GROUPED}.
 */
final class Phones {

    private static final double INTERNATIONAL = 0.95;
    private static final double LABELLED = 0.9;
    private static final double PLAUSIBLE = 0.65;
    private static final double GROUPED = 0.6;
    private static final double WEAK = 0.3;
    private static final int FEWEST = 7;
    private static final int MOST = 15;
    private static final int MOST_GROUPS = 7;
    private static final int MOST_SINGLES = 2;
    private static final int WIDEST_GAP = 3;
    private static final int LOOSE_PLAIN = 9;
    private static final List<String> EXTENSIONS = List.of("extension", "durchwahl", "ext.", "ext", "poste", "ramal", "x", "#");

    private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    private final List<String> regions;

    /** Digits as written from {@code start} to {@code end}, with the extension up to {@code whole}. */
    private record Candidate(GrowingText text, int start, int end, int whole, String digits, int groups, boolean plus) {

        String written() {
            return text.substring(start, end);
        }

        boolean parenthesised() {
            return written().indexOf('(') >= 0;
        }
    }

    Phones(Set<String> regions) {
        this.regions = regions.stream().sorted().toList();
        this.regions.stream().filter(region -> !library.getSupportedRegions().contains(region)).findFirst().ifPresent(region -> {
            throw new IllegalArgumentException("no phone region (ISO 3166-1 alpha-2): " + region);
        });
    }

    /** @param past where the last number ended @return where this one does, or the same */
    int find(GrowingText text, Seeds seeds, int run, int past, Findings findings) {
        return seeds.runStarts.get(run) < past ? past : Math.max(past, find(text, seeds, run, findings));
    }

    /** Proposes the longest candidate that begins at a run; returns where it ends, or 0. */
    private int find(GrowingText text, Seeds seeds, int first, Findings findings) {
        int start = start(text, seeds.runStarts.get(first));
        if (start < 0 || Dates.begins(text, seeds, first) && Chars.at(text, start) != '+') {
            return 0;
        }
        Context context = null;
        for (int last = last(text, seeds, first); last >= first; last--) {
            Candidate candidate = candidate(text, seeds, start, first, last);
            if (candidate == null || looksOtherwise(candidate)) {
                continue;
            }
            context = context == null ? Context.of(text, start, candidate.whole) : context;
            if (text.lookedBeyond()) {
                return 0;
            }
            double score = score(candidate, context);
            if (score > WEAK) {
                findings.propose(Entity.PHONE, score, start, candidate.whole);
                return candidate.whole;
            }
        }
        return 0;
    }

    /** Where the number begins that has this run first: its plus sign or parenthesis; -1 if none may begin here. */
    private static int start(GrowingText text, int run) {
        int start = run;
        start -= Chars.at(text, start - 1) == '(' ? 1 : 0;
        if (Chars.at(text, start - 1) == '+') {
            start--;
            return Chars.isWord(Chars.at(text, start - 1)) || Chars.at(text, start - 1) == ')' ? -1 : start;
        }
        return Numbers.begins(text, start) ? start : -1;
    }

    private static int last(GrowingText text, Seeds seeds, int first) {
        int last = first;
        int digits = length(seeds, first);
        int singles = digits == 1 ? 1 : 0;
        while (joins(text, seeds.runEnd(last))) {
            digits += length(seeds, last + 1);
            singles += length(seeds, last + 1) == 1 ? 1 : 0;
            if (digits > MOST || singles > MOST_SINGLES || last - first + 1 == MOST_GROUPS) {
                return last;
            }
            last++;
        }
        return last;
    }

    private static int length(Seeds seeds, int run) {
        return seeds.runEnd(run) - seeds.runStarts.get(run);
    }

    /** Whether the next run follows the one that ends here, with nothing between but what parts groups. */
    private static boolean joins(GrowingText text, int end) {
        for (int i = end; i <= end + WIDEST_GAP && text.has(i); i++) {
            char c = text.charAt(i);
            if (Chars.isDigit(c)) {
                return i > end;
            }
            boolean sentence = c == '.' && Chars.isBlank(Chars.at(text, i + 1));
            if (sentence || !(Chars.isSeparator(c) || c == '/' || c == '(' || c == ')')) {
                return false;
            }
        }
        return false;
    }

    private static Candidate candidate(GrowingText text, Seeds seeds, int start, int first, int last) {
        StringBuilder digits = new StringBuilder(MOST);
        for (int run = first; run <= last; run++) {
            digits.append(text.substring(seeds.runStarts.get(run), seeds.runEnd(run)));
        }
        int end = seeds.runEnd(last);
        int whole = extensionEnd(text, end);
        boolean fits = digits.length() >= FEWEST && digits.length() <= MOST && (whole > end || Numbers.ends(text, end));
        return fits ? new Candidate(text, start, end, whole, digits.toString(), last - first + 1, text.charAt(start) == '+') : null;
    }

    /** Where an extension after the number ends ({@code x565}, {@code ext. 12}); the number's end if it has none. */
    private static int extensionEnd(GrowingText text, int end) {
        int index = end;
        while (index - end < 2 && (Chars.isBlank(Chars.at(text, index)) || Chars.at(text, index) == ',')) {
            index++;
        }
        for (String word : EXTENSIONS) {
            if (text.startsWith(word, index, true)) {
                int digits = index + word.length() + (Chars.isBlank(Chars.at(text, index + word.length())) ? 1 : 0);
                int after = digits;
                while (after - digits <= MOST && Chars.isDigit(Chars.at(text, after))) {
                    after++;
                }
                return after > digits && after - digits <= 6 && !Chars.isWord(Chars.at(text, after)) ? after : end;
            }
        }
        return end;
    }

    private double score(Candidate candidate, Context context) {
        if (candidate.plus) {
            return international(candidate.written(), candidate, context);
        }
        if (context.denies()) {
            return 0;
        }
        return context.namesClosely(Entity.PHONE) ? labelled(candidate, context) : alone(candidate, context);
    }

    /** An IPv4 address, a decimal, a book number, a span of years, one digit repeated. */
    private static boolean looksOtherwise(Candidate candidate) {
        String[] groups = candidate.written().split("\\.", -1);
        boolean decimal = candidate.groups == 2 && groups.length == 2 && candidate.digits.charAt(0) != '0';
        boolean book = candidate.digits.length() == 13 && candidate.digits.startsWith("97") && Checksums.ean13(candidate.digits);
        boolean years = candidate.groups == 2 && candidate.digits.length() == 8 && year(candidate.digits, 0) && year(candidate.digits, 4);
        return decimal || book || years || candidate.groups == 4 && groups.length == 4 && !candidate.plus || Checksums.uniform(candidate.digits);
    }

    private static boolean year(String digits, int at) {
        return digits.startsWith("19", at) || digits.startsWith("20", at);
    }

    private double international(String written, Candidate candidate, Context context) {
        PhoneNumber number = parse(written, "ZZ");
        if (number == null) {
            return 0;
        }
        if (library.isValidNumber(number)) {
            return INTERNATIONAL;
        }
        if (context.denies()) {
            return 0;
        }
        boolean told = context.names(Entity.PHONE) || candidate.groups > 1;
        return told && candidate.digits.length() > FEWEST ? PLAUSIBLE : WEAK;
    }

    private double labelled(Candidate candidate, Context context) {
        boolean plain = candidate.groups == 1 && context.loosely();
        if (plain && (candidate.digits.length() < LOOSE_PLAIN || epoch(candidate.digits))) {
            return WEAK;
        }
        return regions.stream().anyMatch(region -> valid(candidate, region)) ? LABELLED : PLAUSIBLE;
    }

    /** Seconds since 1970, of the years 2001 to 2033. */
    private static boolean epoch(String digits) {
        return digits.length() == 10 && digits.charAt(0) == '1';
    }

    private double alone(Candidate candidate, Context context) {
        boolean written = candidate.parenthesised() || candidate.digits.charAt(0) == '0' || american(candidate)
            || context.names(Entity.PHONE);
        if (candidate.groups == 1 || candidate.digits.length() <= FEWEST || !written) {
            return 0;
        }
        boolean grouped = regions.stream().anyMatch(region -> groupedAs(candidate, region));
        return grouped ? NumberRule.weigh(GROUPED, Entity.PHONE, context) : 0;
    }

    /** {@code 905-674-3793} and {@code 905.674.3793}; with blanks it may be anything. */
    private static boolean american(Candidate candidate) {
        return candidate.groups == 3 && candidate.digits.length() == 10 && candidate.written().chars().noneMatch(c -> Chars.isBlank((char) c));
    }

    private boolean valid(Candidate candidate, String region) {
        PhoneNumber number = parse(candidate.written(), region);
        return number != null && library.isValidNumberForRegion(number, region);
    }

    private boolean groupedAs(Candidate candidate, String region) {
        PhoneNumber number = parse(candidate.written(), region);
        return number != null && library.isValidNumberForRegion(number, region)
            && layout(library.format(number, PhoneNumberFormat.NATIONAL)) == layout(candidate.written());
    }

    private static long layout(String written) {
        long layout = 0;
        int length = 0;
        for (int i = 0; i <= written.length(); i++) {
            boolean digit = i < written.length() && Chars.isDigit(written.charAt(i));
            if (!digit && length > 0) {
                layout = NumberRule.append(layout, length);
            }
            length = digit ? length + 1 : 0;
        }
        return layout;
    }

    private PhoneNumber parse(String written, String region) {
        try {
            return library.parse(written, region);
        } catch (NumberParseException noNumber) {
            return null;
        }
    }
}
