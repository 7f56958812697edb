package dev.gatehouse.cache.verify.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Words between two that both questions have: what stands in one in the place of what stands in the other. */
record Gap(List<Word> asked, List<Word> stored) {

    private static final int LONGEST = 60;
    private static final int FEW = 2;
    private static final Set<String> LIGHT = Set.of("a", "an", "the", "of", "to", "in", "on", "at", "for", "with", "my", "your", "please", "and", "is", "are");

    /** In their order, by the longest run of words in common; none for texts that are long. */
    static List<Gap> between(List<Word> asked, List<Word> stored) {
        if (asked.size() > LONGEST || stored.size() > LONGEST) {
            return List.of();
        }
        int[][] common = common(asked, stored);
        List<Gap> gaps = new ArrayList<>();
        int i = 0;
        int j = 0;
        Gap open = new Gap(new ArrayList<>(), new ArrayList<>());
        while (i < asked.size() || j < stored.size()) {
            if (i < asked.size() && j < stored.size() && same(asked.get(i), stored.get(j))) {
                gaps.add(open);
                open = new Gap(new ArrayList<>(), new ArrayList<>());
                i++;
                j++;
            } else if (j == stored.size() || i < asked.size() && common[i + 1][j] >= common[i][j + 1]) {
                open.asked.add(asked.get(i++));
            } else {
                open.stored.add(stored.get(j++));
            }
        }
        gaps.add(open);
        return gaps;
    }

    /** Of the rests from two places on. */
    private static int[][] common(List<Word> asked, List<Word> stored) {
        int[][] common = new int[asked.size() + 1][stored.size() + 1];
        for (int i = asked.size() - 1; i >= 0; i--) {
            for (int j = stored.size() - 1; j >= 0; j--) {
                common[i][j] = same(asked.get(i), stored.get(j)) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static boolean same(Word one, Word other) {
        return one.stem().equals(other.stem()) || Spelling.isSlip(one, other);
    }

    /** Whether words of content stand on one side at least. */
    boolean isFilled() {
        return asked.stream().anyMatch(Word::content) || stored.stream().anyMatch(Word::content);
    }

    /** Whether a word or two, articles and the like left out, stand on each side. */
    boolean isReplacement() {
        return isFew(asked) && isFew(stored);
    }

    private static boolean isFew(List<Word> words) {
        long telling = words.stream().filter(word -> !LIGHT.contains(word.lower())).count();
        return telling > 0 && telling <= FEW;
    }
}
