package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Recognises dates: of numbers ({@code 1980-03-31}, {@code 31.3.1980}, {@code 3/31/80}) and with the name of a month in ten languages
 * ({@code March 31st, 1980}, {@code 31 de marzo de 1980}). A date is personal data where a label says it is one of birth.
 */
final class Dates {

    private static final double LABELLED = 0.9;
    private static final int EARLIEST = 1890;
    private static final int LATEST = 2035;
    private static final int LONGEST_MONTH = 14;
    private static final Map<String, Integer> MONTHS = months();

    /** A date's place in a text. */
    private record Span(int start, int end) {}

    void find(GrowingText text, Seeds seeds, int run, Findings findings) {
        Span date = at(text, seeds, run);
        if (date != null && born(text, date)) {
            findings.propose(Entity.DATE_OF_BIRTH, LABELLED, date.start, date.end);
        }
    }

    /** Whether a date of numbers begins at a run, its parts joined by more than blanks. */
    static boolean begins(GrowingText text, Seeds seeds, int run) {
        return !Chars.isBlank(Chars.at(text, seeds.runEnd(run))) && numeric(text, seeds, run) != null;
    }

    /** Whether the text is nothing but a date of numbers, or two years ({@code 2019-2020}). */
    static boolean is(String written) {
        GrowingText text = GrowingText.of(written);
        Seeds seeds = Seeds.of(text);
        if (seeds.runStarts.size() < 2) {
            return false;
        }
        Span date = numeric(text, seeds, 0);
        boolean years = seeds.runStarts.size() == 2 && text.length() == 9 && real(value(text, seeds, 0), 1, 1) && real(value(text, seeds, 1), 1, 1);
        return years || date != null && date.end - date.start == text.length();
    }

    private static boolean born(GrowingText text, Span date) {
        return Context.of(text, date.start, date.end).namesDirectly(Entity.DATE_OF_BIRTH);
    }

    private static Span at(GrowingText text, Seeds seeds, int run) {
        Span numeric = numeric(text, seeds, run);
        if (numeric != null) {
            return numeric;
        }
        Span compact = compact(text, seeds, run);
        return compact != null ? compact : named(text, seeds, run);
    }

    private static Span numeric(GrowingText text, Seeds seeds, int run) {
        char separator = Chars.at(text, seeds.runEnd(run));
        boolean joined = "-/. ".indexOf(separator) >= 0 || Chars.isDash(separator);
        if (!joined || !follows(text, seeds, run, separator) || !follows(text, seeds, run + 1, separator)) {
            return null;
        }
        int start = seeds.runStarts.get(run);
        int end = seeds.runEnd(run + 2);
        if (!bounded(text, start, end)) {
            return null;
        }
        int first = value(text, seeds, run);
        int second = value(text, seeds, run + 1);
        int third = value(text, seeds, run + 2);
        boolean date = length(seeds, run) == 4 ? real(first, second, third)
            : length(seeds, run + 2) != 3 && (real(year(seeds, run + 2, third), second, first) || real(year(seeds, run + 2, third), first, second));
        return date ? new Span(start, end) : null;
    }

    /** Whether the next run follows after the separator, and a blank after a dot ({@code 31. 3. 1980}). */
    private static boolean follows(GrowingText text, Seeds seeds, int run, char separator) {
        int end = seeds.runEnd(run);
        boolean parted = Chars.at(text, end) == separator;
        boolean apart = parted && separator == '.' && Chars.isBlank(Chars.at(text, end + 1));
        return parted && seeds.runStartsAt(run + 1, apart ? end + 2 : end + 1);
    }

    /** {@code 19800331}. */
    private static Span compact(GrowingText text, Seeds seeds, int run) {
        int start = seeds.runStarts.get(run);
        if (length(seeds, run) != 8 || !bounded(text, start, start + 8)) {
            return null;
        }
        int value = value(text, seeds, run);
        return real(value / 10_000, value / 100 % 100, value % 100) ? new Span(start, start + 8) : null;
    }

    /** The day's run, with the month before or after it, and the year's run after both. */
    private static Span named(GrowingText text, Seeds seeds, int run) {
        if (length(seeds, run) > 2) {
            return null;
        }
        int start = seeds.runStarts.get(run);
        int dayEnd = seeds.runEnd(run);
        int yearStart = yearStart(text, dayEnd);
        if (yearStart < 0 || length(seeds, run + 1) != 4) {
            return null;
        }
        int year = value(text, seeds, run + 1);
        int day = value(text, seeds, run);
        String between = text.substring(dayEnd, yearStart).toLowerCase(Locale.ROOT);
        int month = monthIn(between);
        if (month > 0) {
            return real(year, month, day) ? new Span(start, seeds.runEnd(run + 1)) : null;
        }
        int monthStart = wordBefore(text, start);
        month = monthStart < 0 || !between.matches("(st|nd|rd|th)?[ ,.]{1,3}") ? 0 : monthIn(text.substring(monthStart, start).toLowerCase(Locale.ROOT));
        return month > 0 && real(year, month, day) ? new Span(monthStart, seeds.runEnd(run + 1)) : null;
    }

    /** The next digit after a day, with nothing between but what belongs in a date; -1 if there is none near enough. */
    private static int yearStart(GrowingText text, int dayEnd) {
        int word = dayEnd;
        for (int i = dayEnd; i <= dayEnd + LONGEST_MONTH + 8 && text.has(i); i++) {
            char c = text.charAt(i);
            if (!Character.isLetter(c)) {
                boolean belongs = word == i || MONTHS.containsKey(text.substring(word, i).toLowerCase(Locale.ROOT));
                if (!belongs || Chars.isDigit(c)) {
                    return belongs ? i : -1;
                }
                word = i + 1;
            }
        }
        return -1;
    }

    /** Where the name of a month begins that stands right before an index; the index if none does. */
    static int monthBefore(GrowingText text, int index) {
        int start = wordBefore(text, index);
        return start >= 0 && monthIn(text.substring(start, index).toLowerCase(Locale.ROOT)) > 0 ? start : index;
    }

    private static int wordBefore(GrowingText text, int index) {
        int end = index;
        while (end > text.base() && index - end < 2 && (Chars.isBlank(text.charAt(end - 1)) || text.charAt(end - 1) == '.')) {
            end--;
        }
        int start = end;
        while (start > text.base() && end - start < LONGEST_MONTH && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return start == end ? -1 : start;
    }

    /** The one month among the words, 1 to 12; 0 if there is none or a word that does not belong in a date. */
    private static int monthIn(String words) {
        int month = 0;
        for (String word : words.split("[^\\p{L}]+")) {
            int named = MONTHS.getOrDefault(word, word.isEmpty() ? 0 : -1);
            if (named < 0 || named > 0 && month > 0) {
                return 0;
            }
            month += named;
        }
        return month;
    }

    private static boolean bounded(GrowingText text, int start, int end) {
        return Numbers.begins(text, start) && (Numbers.ends(text, end) || Chars.at(text, end) == 'T');
    }

    private static boolean real(int year, int month, int day) {
        if (year < EARLIEST || year > LATEST || month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        try {
            return LocalDate.of(year, month, day).getYear() == year;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }

    /** Two digits are of this century up to {@value #LATEST}, else of the last. */
    private static int year(Seeds seeds, int run, int value) {
        if (length(seeds, run) == 4) {
            return value;
        }
        return length(seeds, run) != 2 ? 0 : value <= LATEST % 100 ? 2000 + value : 1900 + value;
    }

    private static int length(Seeds seeds, int run) {
        return seeds.runEnd(run) - seeds.runStarts.get(run);
    }

    private static int value(GrowingText text, Seeds seeds, int run) {
        return length(seeds, run) > 8 ? -1 : Integer.parseInt(text.substring(seeds.runStarts.get(run), seeds.runEnd(run)));
    }

    private static Map<String, Integer> months() {
        String table = """
            january jan januar janvier enero gennaio janeiro styczeń stycznia januari janv ene gen
            february feb februar février febrero febbraio fevereiro luty lutego februari fév fev febr
            march mar märz mars marzo março marzec marca maart mrz mär
            april apr avril abril aprile kwiecień kwietnia avr abr kwi
            may mai mayo maggio maio maj maja mei mag
            june jun juni juin junio giugno junho czerwiec czerwca giu
            july jul juli juillet julio luglio julho lipiec lipca lug juil
            august aug août agosto sierpień sierpnia augustus ago aou
            september sep sept septembre septiembre settembre setembro wrzesień września set
            october oct oktober octobre octubre ottobre outubro październik października okt ott out
            november nov novembre noviembre novembro listopad listopada
            december dec dezember décembre diciembre dicembre dezembro grudzień grudnia dez déc dic""";
        Map<String, Integer> months = new HashMap<>();
        String[] lines = table.split("\n");
        for (int month = 0; month < lines.length; month++) {
            for (String name : lines[month].split(" ")) {
                months.put(name, month + 1);
            }
        }
        for (String filler : new String[] {"de", "del", "of", "the", "st", "nd", "rd", "th", "er"}) {
            months.put(filler, 0);
        }
        return Map.copyOf(months);
    }
}
