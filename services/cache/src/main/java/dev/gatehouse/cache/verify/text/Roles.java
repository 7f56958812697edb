package dev.gatehouse.cache.verify.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who comes from where, and where to: Germans who visit Chile are not Chileans who visit Germany. */
final class Roles {

    private static final Set<String> PEOPLE = Set.of("citizen", "national", "person", "resident", "passport", "holder", "traveler", "traveller", "tourist", "visitor");
    private static final Set<String> GOING = Set.of("to", "into", "visit", "enter", "toward");

    /** Stems. */
    private record Side(List<String> origins, List<String> destinations) {}

    private Roles() {}

    /** Whether a place that one of them comes from is one that the other goes to, and for one of them not both. */
    static boolean areSwapped(List<Word> one, List<Word> other) {
        Side left = side(one);
        Side right = side(other);
        return meets(left.origins, right.destinations) && !meets(left.origins, right.origins)
                || meets(right.origins, left.destinations) && !meets(left.origins, right.origins);
    }

    private static boolean meets(List<String> one, List<String> other) {
        return one.stream().anyMatch(word -> other.stream().anyMatch(candidate -> word.equals(candidate) || Spelling.isKin(word, candidate)));
    }

    private static Side side(List<Word> words) {
        Side side = new Side(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            if (word.content() && isOrigin(words, i)) {
                side.origins.add(word.stem());
            } else if (word.content() && isDestination(words, i)) {
                side.destinations.add(word.stem());
            }
        }
        return side;
    }

    private static boolean isOrigin(List<Word> words, int index) {
        boolean after = PEOPLE.contains(stem(words, index + 1));
        boolean before = stem(words, index - 1).equals("from") || stem(words, index - 1).equals("of") && PEOPLE.contains(stem(words, index - 2));
        return before || after || isOfPeople(words, index);
    }

    /** "Germans", "as a German". */
    private static boolean isOfPeople(List<Word> words, int index) {
        String lower = words.get(index).lower();
        boolean alone = stem(words, index - 1).equals("a") && stem(words, index - 2).equals("as");
        return alone || lower.length() > 5 && (lower.endsWith("ans") || lower.endsWith("ards"));
    }

    private static boolean isDestination(List<Word> words, int index) {
        String before = stem(words, index - 1);
        return GOING.contains(before) || stem(words, index + 1).startsWith("requir") || before.equals("for") && words.get(index).name()
                || before.equals("for") && stem(words, index - 2).equals("visa");
    }

    private static String stem(List<Word> words, int index) {
        return index < 0 || index >= words.size() ? "" : words.get(index).stem();
    }
}
