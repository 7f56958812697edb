package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;

/**
 * Recognises the numbers of digits only ({@link NumberRule}) in runs of digits that single separators join. From each run it walks
 * at most {@value NumberRules#LONGEST} digits ahead, so the work is linear.
 */
final class Numbers {

    private static final int LONGEST_WORD = 20;

    private final NumberRules rules;

    Numbers(NumberRules rules) {
        this.rules = rules;
    }

    void find(GrowingText text, Seeds seeds, int run, Findings findings) {
        if (begins(text, seeds.runStarts.get(run))) {
            walk(text, seeds, run, findings);
        }
    }

    private void walk(GrowingText text, Seeds seeds, int first, Findings findings) {
        StringBuilder digits = new StringBuilder(NumberRules.LONGEST);
        long layout = 0;
        int start = seeds.runStarts.get(first);
        for (int run = first; run == first || severalDigits(seeds, run - 1) && joins(text, seeds, run - 1); run++) {
            int from = seeds.runStarts.get(run);
            int end = seeds.runEnd(run);
            if (digits.length() + end - from > NumberRules.LONGEST) {
                return;
            }
            digits.append(text.substring(from, end));
            layout = NumberRule.append(layout, end - from);
            if (digits.length() >= NumberRules.SHORTEST && ends(text, end)) {
                judge(text, start, end, digits.toString(), layout, findings);
            }
        }
    }

    /** Whether the group has more than one digit: only the last group of a number may have one. */
    private static boolean severalDigits(Seeds seeds, int run) {
        return seeds.runEnd(run) - seeds.runStarts.get(run) > 1;
    }

    private void judge(GrowingText text, int start, int end, String digits, long layout, Findings findings) {
        Context context = null;
        for (NumberRule rule : rules.of(digits.length())) {
            if (rule.check().test(digits)) {
                context = context == null ? Context.of(text, start, end) : context;
                findings.propose(rule.entity(), rule.score(digits, layout, context), start, end);
            }
        }
    }

    /** One separator between two runs; a slash too, as in a CNPJ. */
    private static boolean joins(GrowingText text, Seeds seeds, int run) {
        int end = seeds.runEnd(run);
        char separator = Chars.at(text, end);
        return (Chars.isSeparator(separator) || separator == '/') && seeds.runStartsAt(run + 1, end + 1);
    }

    /** Whether an identifier may begin here: not inside a word, a decimal, a longer dashed number, nor a prefixed code. */
    static boolean begins(GrowingText text, int start) {
        char before = Chars.at(text, start - 1);
        char earlier = Chars.at(text, start - 2);
        if (Chars.isWord(before) || before == '+' || before == '$' || before == '€' || before == '£') {
            return false;
        }
        return switch (before) {
            case '.' -> !Chars.isDigit(earlier) && !dotted(text, start - 2);
            case ',', ':' -> !Chars.isDigit(earlier);
            case '/' -> !Chars.isWord(earlier);
            default -> !Chars.isDash(before) || !Chars.isWord(earlier);
        };
    }

    /** Whether the word that ends at an index follows a dot itself, as in {@code j.cell.2020}. */
    private static boolean dotted(GrowingText text, int last) {
        int index = last;
        while (last - index < LONGEST_WORD && Chars.isLetter(Chars.at(text, index))) {
            index--;
        }
        return index < last && Chars.at(text, index) == '.';
    }

    /** Whether an identifier may end here, by the same rules. */
    static boolean ends(GrowingText text, int end) {
        char after = Chars.at(text, end);
        if (Chars.isWord(after) || after == '%' || after == '€') {
            return false;
        }
        return switch (after) {
            case '.', ',', ':', '/' -> !Chars.isDigit(Chars.at(text, end + 1));
            default -> !Chars.isDash(after) || !Chars.isWord(Chars.at(text, end + 1));
        };
    }
}
