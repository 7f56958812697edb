package dev.gatehouse.text.pii;

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

    void find(String text, Seeds seeds, Findings findings) {
        for (int run = 0; run < seeds.runStarts.size(); run++) {
            if (begins(text, seeds.runStarts.get(run))) {
                walk(text, seeds, run, findings);
            }
        }
    }

    private void walk(String text, Seeds seeds, int first, Findings findings) {
        StringBuilder digits = new StringBuilder(NumberRules.LONGEST);
        long layout = 0;
        int start = seeds.runStarts.get(first);
        for (int run = first; run < seeds.runStarts.size(); run++) {
            int from = seeds.runStarts.get(run);
            int end = seeds.runEnds.get(run);
            boolean joined = run == first || severalDigits(seeds, run - 1) && joins(text, seeds.runEnds.get(run - 1), from);
            if (!joined || digits.length() + end - from > NumberRules.LONGEST) {
                return;
            }
            digits.append(text, from, end);
            layout = NumberRule.append(layout, end - from);
            if (digits.length() >= NumberRules.SHORTEST && ends(text, end)) {
                judge(text, start, end, digits.toString(), layout, findings);
            }
        }
    }

    /** Whether the group has more than one digit: only the last group of a number may have one. */
    private static boolean severalDigits(Seeds seeds, int run) {
        return seeds.runEnds.get(run) - seeds.runStarts.get(run) > 1;
    }

    private void judge(String text, int start, int end, String digits, long layout, Findings findings) {
        Context context = null;
        for (NumberRule rule : rules.of(digits.length())) {
            if (rule.check().test(digits)) {
                context = context == null ? Context.of(text, start, end) : context;
                findings.propose(rule.entity(), rule.score(digits, layout, context), start, end);
            }
        }
    }

    /** One separator between two runs; a slash too, as in a CNPJ. */
    private static boolean joins(String text, int end, int next) {
        return next - end == 1 && (Chars.isSeparator(text.charAt(end)) || text.charAt(end) == '/');
    }

    /** Whether an identifier may begin here: not inside a word, a decimal, a longer dashed number, nor a prefixed code. */
    static boolean begins(String text, int start) {
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
    private static boolean dotted(String text, int last) {
        int index = last;
        while (last - index < LONGEST_WORD && Chars.isLetter(Chars.at(text, index))) {
            index--;
        }
        return index < last && Chars.at(text, index) == '.';
    }

    /** Whether an identifier may end here, by the same rules. */
    static boolean ends(String text, int end) {
        char after = Chars.at(text, end);
        char later = Chars.at(text, end + 1);
        if (Chars.isWord(after) || after == '%' || after == '€') {
            return false;
        }
        return switch (after) {
            case '.', ',', ':' -> !Chars.isDigit(later);
            case '/' -> !Chars.isDigit(later);
            default -> !Chars.isDash(after) || !Chars.isWord(later);
        };
    }
}
