package dev.gatehouse.cache.verify.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Directions: what stands before and after words like "to" and "than". */
final class Turns {

    private static final Set<String> DIRECTIONS = Set.of("to", "from", "into", "in", "than", "over", "before", "after", "by", "for", "vs", "versus", "with", "of", "between", "require", "requires");

    private Turns() {}

    /** The same words, but what stood on one side of a word of direction stands on the other. */
    static boolean areRoundIn(Tokens asked, Tokens stored) {
        Set<String> turned = of(asked);
        for (String turn : of(stored)) {
            String[] sides = turn.split(" ");
            if (turned.contains(sides[2] + " " + sides[1] + " " + sides[0]) && !turned.contains(turn)) {
                return true;
            }
        }
        return false;
    }

    /** Each word of direction with the words of content nearest before and after it; "from A to B" is "A to B" however it is said. */
    private static Set<String> of(Tokens tokens) {
        Set<String> turns = new HashSet<>();
        List<Word> words = tokens.words;
        String from = after(words, "from");
        for (int i = 1; i + 1 < words.size(); i++) {
            String direction = words.get(i).lower();
            if (DIRECTIONS.contains(direction) && !direction.equals("from")) {
                String before = direction.equals("to") && !from.isEmpty() ? from : content(words, direction.equals("than") ? i - 1 : i, -1);
                String behind = content(words, i, 1);
                if (!before.isEmpty() && !behind.isEmpty()) {
                    turns.add(before + " " + (direction.startsWith("require") ? "require" : direction) + " " + behind);
                }
            }
        }
        return turns;
    }

    private static String after(List<Word> words, String direction) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).lower().equals(direction)) {
                return content(words, i, 1);
            }
        }
        return "";
    }

    private static String content(List<Word> words, int from, int step) {
        for (int i = from + step; i >= 0 && i < words.size(); i += step) {
            if (words.get(i).content()) {
                return words.get(i).stem();
            }
        }
        return "";
    }
}
