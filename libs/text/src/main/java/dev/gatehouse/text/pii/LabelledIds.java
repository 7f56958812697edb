package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Recognises the identifiers that only a label tells: passports, driving licences, medical records. Each country and hospital has its
 * own form, so any word of letters and digits of a fitting length counts, hyphens included, when the label is close.
 */
final class LabelledIds {

    private static final int LONGEST = 24;
    /** How far a chain of words is followed. */
    private static final int CHAIN = 64;

    /** @param shortest fewest letters and digits @param longest most @param digits fewest digits among them */
    private record Rule(Entity entity, int shortest, int longest, int digits, double score) {}

    private final List<Rule> rules;

    LabelledIds(Set<Entity> entities) {
        rules = List.of(
            new Rule(Entity.PASSPORT, 7, 9, 4, 0.85),
            new Rule(Entity.DRIVER_LICENSE, 6, 18, 4, 0.8),
            new Rule(Entity.MEDICAL_RECORD, 5, 14, 4, 0.8))
            .stream().filter(rule -> entities.contains(rule.entity)).toList();
    }

    /** @param past where the last chain of words ended @return where the chain that has the word ends */
    int find(GrowingText text, Seeds seeds, int word, int past, Findings findings) {
        if (seeds.wordStarts.get(word) < past) {
            return past;
        }
        int start = start(text, seeds.wordStarts.get(word), past);
        int end = end(text, start, seeds.wordEnd(word));
        judge(text, start, end, findings);
        return end;
    }

    private void judge(GrowingText text, int start, int end, Findings findings) {
        int[] counts = counts(text, start, end);
        if (end - start > LONGEST || counts == null || !bounded(text, start, end) || Dates.is(text.substring(start, end))) {
            return;
        }
        Context context = null;
        for (Rule rule : rules) {
            if (counts[0] >= rule.shortest && counts[0] <= rule.longest && counts[1] >= rule.digits) {
                context = context == null ? Context.of(text, start, end) : context;
                boolean named = counts[2] <= 2 ? context.namesDirectly(rule.entity) : context.namesClosely(rule.entity);
                findings.propose(rule.entity, named ? rule.score : 0, start, end);
            }
        }
    }

    /** Letters and digits, the digits among them, and the changes between both and hyphens; null if letters are of both cases. */
    private static int[] counts(GrowingText text, int start, int end) {
        int[] counts = new int[3];
        boolean lower = false;
        boolean upper = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            counts[0] += Chars.isLetter(c) || Chars.isDigit(c) ? 1 : 0;
            counts[1] += Chars.isDigit(c) ? 1 : 0;
            counts[2] += i > start && Chars.isDigit(c) != Chars.isDigit(text.charAt(i - 1)) ? 1 : 0;
            upper |= Chars.isUpper(c);
            lower |= Chars.isLetter(c) && !Chars.isUpper(c);
        }
        return upper && lower ? null : counts;
    }

    private static boolean bounded(GrowingText text, int start, int end) {
        char before = Chars.at(text, start - 1);
        char after = Chars.at(text, end);
        boolean decimal = (after == '.' || after == ',' || after == '/' || after == ':') && Chars.isDigit(Chars.at(text, end + 1));
        return !letterOrDigit(text, start - 1) && before != '_' && before != '/' && before != '$' && before != '@' && after != '_' && after != '@' && !decimal
            && !((before == '.' || before == ':') && Chars.isDigit(Chars.at(text, start - 2)));
    }

    /** The words before that hyphens join, and one or two capitals before a blank ({@code AB 123456}). */
    private static int start(GrowingText text, int word, int past) {
        int start = word;
        while (start - 1 > past && isHyphen(text.charAt(start - 1)) && letterOrDigit(text, start - 2) && word - start < LONGEST) {
            start--;
            while (start > past && letterOrDigit(text, start - 1) && word - start < CHAIN) {
                start--;
            }
        }
        int capitals = start - 1;
        while (capitals > past && start - 1 - capitals < 2 && Chars.isUpper(text.charAt(capitals - 1))) {
            capitals--;
        }
        boolean apart = start - 1 > capitals && Chars.isBlank(Chars.at(text, start - 1)) && !Chars.isWord(Chars.at(text, capitals - 1));
        boolean series = apart && Chars.isDigit(text.charAt(start))
            && !Vocabulary.tells(text.substring(capitals, start - 1).toLowerCase(Locale.ROOT));
        return series ? capitals : start;
    }

    /** Where the words that hyphens join end; a chain that is much too long is cut. */
    private static int end(GrowingText text, int start, int wordEnd) {
        int end = wordEnd;
        while (end - start < CHAIN && isHyphen(Chars.at(text, end)) && letterOrDigit(text, end + 1)) {
            end++;
            while (end - start < CHAIN && letterOrDigit(text, end)) {
                end++;
            }
        }
        return end;
    }

    private static boolean isHyphen(char c) {
        return c == '-' || c == '\u2010' || c == '\u2011';
    }

    private static boolean letterOrDigit(GrowingText text, int index) {
        char c = Chars.at(text, index);
        return Chars.isLetter(c) || Chars.isDigit(c);
    }
}
