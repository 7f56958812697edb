package dev.gatehouse.cache.verify.text;

import dev.gatehouse.cache.verify.Traits;
import dev.gatehouse.cache.verify.Veto;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Two questions side by side: what is in one and not in the other, and what follows of it. */
public final class Comparison {

    private static final Set<String> NEGATIONS = Set.of("not", "no", "never", "without", "cannot", "nobody", "nothing", "neither", "nor", "none", "non");
    private static final Set<String> REPAIRS = Set.of("sorry", "wait", "rather", "um", "umm", "uh", "er", "mean", "actually", "oops", "no");
    private static final Set<String> ASKING = Set.of("who", "whom", "whose", "what", "which", "where", "when", "why", "how");
    // What follows a "no" that corrects, and hardly one that denies.
    private static final Set<String> DENIED_NOT = Set.of("the", "a", "an", "this", "that", "in", "on", "at", "of", "for", "to", "make", "is", "are", "was", "were",
            "did", "does", "do", "i", "not", "instead");
    private static final Set<String> DIRECTIONS = Set.of("to", "from", "into", "in", "than", "over", "before", "after", "by", "for", "vs", "versus", "with", "of", "between", "require", "requires");

    // What joins a second wish to a first.
    private static final Set<String> JOINING = Set.of("and", "then", "but", "also", "plus", "afterwards");

    private static final int TRAITS = 64;
    private static final int REPLACED = 3;

    private final Tokens asked;
    private final Tokens stored;
    private final List<String> onlyAsked;
    private final List<String> onlyStored;

    private Comparison(Tokens asked, Tokens stored) {
        this.asked = asked;
        this.stored = stored;
        this.onlyAsked = unmatched(content(asked), content(stored));
        this.onlyStored = unmatched(content(stored), content(asked));
    }

    public static Comparison of(String asked, String stored) {
        return new Comparison(Tokens.of(asked), Tokens.of(stored));
    }

    private static List<String> content(Tokens tokens) {
        return tokens.words.stream().filter(Word::content).map(Word::stem).toList();
    }

    /** Words of one that the other lacks, misspelt ones matched. */
    private static List<String> unmatched(List<String> words, List<String> others) {
        List<String> left = new ArrayList<>();
        List<String> free = new ArrayList<>(others);
        for (String word : words) {
            if (!free.remove(word)) {
                left.add(word);
            }
        }
        Set<String> known = new HashSet<>(others);
        left.removeIf(word -> known.contains(word) || others.stream().anyMatch(other -> isMisspelt(word, other)));
        return left;
    }

    /** One edit, or two neighbours changed, in a word of five letters and more that is no number. */
    static boolean isMisspelt(String one, String other) {
        if (one.length() < 4 || other.length() < 4 || Math.abs(one.length() - other.length()) > 1 || Character.isDigit(one.charAt(0)) || Character.isDigit(other.charAt(0))) {
            return false;
        }
        int start = 0;
        while (start < Math.min(one.length(), other.length()) && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < Math.min(one.length(), other.length()) - start && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        int restOne = one.length() - start - end;
        int restOther = other.length() - start - end;
        boolean swapped = restOne == 2 && restOther == 2 && one.charAt(start) == other.charAt(start + 1) && one.charAt(start + 1) == other.charAt(start);
        return swapped || Math.max(restOne, restOther) <= 1 && Math.max(one.length(), other.length()) >= 5;
    }

    // --- differences that matter

    /** All of them. */
    public Set<Veto> vetoes() {
        Set<Veto> found = EnumSet.noneOf(Veto.class);
        add(found, Veto.number, !sameNumbers() || !Units.agree(asked.words, stored.words));
        add(found, Veto.negation, negations(asked) % 2 != negations(stored) % 2);
        add(found, Veto.opposite, hasOpposites());
        add(found, Veto.direction, isTurnedRound() || Roles.areSwapped(asked.words, stored.words));
        add(found, Veto.entity, otherNames());
        add(found, Veto.quotation, !asked.quotations.isEmpty() && !stored.quotations.isEmpty() && !new HashSet<>(asked.quotations).equals(new HashSet<>(stored.quotations)));
        add(found, Veto.code, !signs(asked).equals(signs(stored)));
        add(found, Veto.addition, wantsMore(asked, stored, onlyAsked, onlyStored) || wantsMore(stored, asked, onlyStored, onlyAsked));
        return found;
    }

    /** Whether one says all that the other says, and joins to it what the other does not say. */
    private boolean wantsMore(Tokens one, Tokens other, List<String> onlyOne, List<String> onlyOther) {
        return !onlyOne.isEmpty() && onlyOther.isEmpty() && !isRepaired()
                && JOINING.stream().anyMatch(word -> said(one, word) > said(other, word) && tail(one, word).anyMatch(onlyOne::contains));
    }

    private static long said(Tokens tokens, String word) {
        return tokens.words.stream().filter(said -> said.lower().equals(word)).count();
    }

    private static Stream<String> tail(Tokens tokens, String joining) {
        return tokens.words.stream().dropWhile(word -> !word.lower().equals(joining)).filter(Word::content).map(Word::stem);
    }

    private static void add(Set<Veto> found, Veto veto, boolean holds) {
        if (holds) {
            found.add(veto);
        }
    }

    private boolean sameNumbers() {
        return counted(asked.numbers).equals(counted(stored.numbers)) || isRepaired() && subset(asked.numbers, stored.numbers);
    }

    private static boolean subset(List<String> one, List<String> other) {
        return new HashSet<>(one).containsAll(other) || new HashSet<>(other).containsAll(one);
    }

    private static Map<String, Integer> counted(List<String> words) {
        Map<String, Integer> counts = new HashMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts;
    }

    /** Of a sentence that corrects itself ("no, I mean") the "no" is none. */
    private static int negations(Tokens tokens) {
        int found = 0;
        for (int i = 0; i < tokens.words.size(); i++) {
            String word = tokens.words.get(i).lower();
            boolean negates = NEGATIONS.contains(word) && !(word.equals("no") && repairs(tokens, i)) || word.endsWith("n't");
            found += negates ? 1 : 0;
        }
        return found;
    }

    /** A "no" between a slip and its correction; before a noun ("no authority") it denies. */
    private static boolean repairs(Tokens tokens, int index) {
        if (index == 0 || index + 1 >= tokens.words.size()) {
            return false;
        }
        String before = tokens.words.get(index - 1).lower();
        String after = tokens.words.get(index + 1).lower();
        return REPAIRS.contains(after) || REPAIRS.contains(before) || before.equals("or") || ASKING.contains(after) || DENIED_NOT.contains(after)
                || tokens.words.get(index + 1).name();
    }

    /** Whether one of them corrects itself. */
    public boolean isRepaired() {
        return isRepaired(asked) || isRepaired(stored);
    }

    private static boolean isRepaired(Tokens tokens) {
        for (int i = 1; i + 1 < tokens.words.size(); i++) {
            if (tokens.words.get(i).lower().equals("no") || REPAIRS.contains(tokens.words.get(i).lower()) && REPAIRS.contains(tokens.words.get(i + 1).lower())) {
                return true;
            }
        }
        return false;
    }

    private boolean hasOpposites() {
        List<String> one = rest(asked, stored);
        List<String> other = rest(stored, asked);
        return one.stream().anyMatch(word -> other.stream().anyMatch(opposite -> Opposites.are(word, opposite)));
    }

    /** All words, function words too, that the other lacks or has less often. */
    private static List<String> rest(Tokens one, Tokens other) {
        List<String> left = new ArrayList<>(one.words.stream().map(Word::stem).toList());
        other.words.forEach(word -> left.remove(word.stem()));
        return left;
    }

    /** The same words, but what stood on one side of a word of direction stands on the other. */
    private boolean isTurnedRound() {
        Set<String> turned = turns(asked);
        for (String turn : turns(stored)) {
            String[] sides = turn.split(" ");
            if (turned.contains(sides[2] + " " + sides[1] + " " + sides[0]) && !turned.contains(turn)) {
                return true;
            }
        }
        return false;
    }

    /** Each word of direction with the words of content nearest before and after it; "from A to B" is "A to B" however it is said. */
    private static Set<String> turns(Tokens tokens) {
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

    private boolean otherNames() {
        return !names(asked, stored).isEmpty() && !names(stored, asked).isEmpty();
    }

    private static List<String> names(Tokens one, Tokens other) {
        Set<String> known = new HashSet<>(other.words.stream().map(Word::stem).toList());
        return one.words.stream().filter(Word::name).map(Word::stem)
                .filter(name -> !known.contains(name) && known.stream().noneMatch(word -> isMisspelt(name, word))).toList();
    }

    private static Map<String, Integer> signs(Tokens tokens) {
        return counted(tokens.signs.stream().filter(sign -> !"%$\u20AC\u00A3#-/".contains(sign)).toList());
    }

    // --- what a pool may learn of its own words

    /**
     * The words in which the two differ, each alone and, where one stands for another, in pairs: whether "remove" for "delete" or "iron" for
     * "zinc" asks the same is what fresh answers teach.
     */
    public Traits traits() {
        if (onlyAsked.isEmpty() && onlyStored.isEmpty()) {
            return Traits.of("0".hashCode());
        }
        Stream<String> alone = Stream.concat(onlyAsked.stream(), onlyStored.stream()).map(word -> "u" + word);
        return Traits.of(Stream.concat(alone, onlyAsked.isEmpty() || onlyStored.isEmpty() ? added() : replaced()).limit(TRAITS).mapToInt(String::hashCode).toArray());
    }

    private Stream<String> added() {
        return Stream.concat(onlyAsked.stream(), onlyStored.stream()).map(word -> "d" + word);
    }

    private Stream<String> replaced() {
        boolean few = onlyAsked.size() <= REPLACED && onlyStored.size() <= REPLACED;
        return !few ? Stream.empty()
                : onlyAsked.stream().flatMap(one -> onlyStored.stream().map(other -> one.compareTo(other) < 0 ? "x" + one + " " + other : "x" + other + " " + one));
    }

    // --- how much is alike

    /**
     * Numbers from 0 to 1, but for the last ones: shares of words in common, of words unmatched in each, of letter triples, of the order kept;
     * whether the word of asking is the same; counts of words unmatched. In this order the model was fitted.
     */
    public double[] measures() {
        List<String> one = content(asked);
        List<String> other = content(stored);
        double longer = Math.max(1, Math.max(one.size(), other.size()));
        return new double[] {
                dice(new HashSet<>(one), new HashSet<>(other)),
                dice(lower(asked), lower(stored)),
                dice(triples(asked), triples(stored)),
                (double) onlyAsked.size() / Math.max(1, one.size()),
                (double) onlyStored.size() / Math.max(1, other.size()),
                (double) Math.min(onlyAsked.size(), onlyStored.size()) / longer,
                (double) common(one, other) / longer,
                (double) common(one, other) / Math.max(1, Math.min(one.size(), other.size())),
                sameAsking(),
                Math.min(one.size(), other.size()) / longer,
                onlyAsked.size(),
                onlyStored.size(),
                isRepaired() ? 1 : 0,
                hasNames(onlyAsked, asked) || hasNames(onlyStored, stored) ? 1 : 0,
                longest(onlyAsked),
                longest(onlyStored),
                longer,
                turned(one, other)};
    }

    /** The share of pairs of common words that stand in the other order. */
    private static double turned(List<String> one, List<String> other) {
        List<Integer> places = new ArrayList<>();
        for (String word : one) {
            int place = place(word, other);
            if (place >= 0 && !places.contains(place)) {
                places.add(place);
            }
        }
        int inverted = 0;
        for (int i = 0; i < places.size(); i++) {
            for (int j = i + 1; j < places.size(); j++) {
                inverted += places.get(i) > places.get(j) ? 1 : 0;
            }
        }
        return inverted / Math.max(1.0, places.size() * (places.size() - 1) / 2.0);
    }

    private static int place(String word, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(word) || isKin(words.get(i), word)) {
                return i;
            }
        }
        return -1;
    }

    /** German and Germany, electric and electricity. */
    static boolean isKin(String one, String other) {
        int shared = 0;
        while (shared < Math.min(one.length(), other.length()) && one.charAt(shared) == other.charAt(shared)) {
            shared++;
        }
        return shared >= 5 && Math.max(one.length(), other.length()) - shared <= 3;
    }

    private static int longest(List<String> words) {
        return words.stream().mapToInt(String::length).max().orElse(0);
    }

    private static boolean hasNames(List<String> words, Tokens tokens) {
        return tokens.words.stream().anyMatch(word -> word.name() && words.contains(word.stem()));
    }

    private double sameAsking() {
        Set<String> one = asking(asked);
        Set<String> other = asking(stored);
        if (one.isEmpty() || other.isEmpty()) {
            return 0.5;
        }
        return one.stream().anyMatch(other::contains) ? 1 : 0;
    }

    private static Set<String> asking(Tokens tokens) {
        Set<String> asking = new HashSet<>(tokens.words.stream().map(Word::lower).toList());
        asking.retainAll(ASKING);
        return asking;
    }

    private static Set<String> lower(Tokens tokens) {
        return new HashSet<>(tokens.words.stream().map(Word::lower).toList());
    }

    private static Set<String> triples(Tokens tokens) {
        Set<String> triples = new HashSet<>();
        for (Word word : tokens.words) {
            String padded = "^" + word.lower() + "$";
            for (int i = 0; i + 3 <= padded.length(); i++) {
                triples.add(padded.substring(i, i + 3));
            }
        }
        return triples;
    }

    private static double dice(Set<String> one, Set<String> other) {
        if (one.isEmpty() && other.isEmpty()) {
            return 1;
        }
        long both = one.stream().filter(other::contains).count();
        return 2.0 * both / (one.size() + other.size());
    }

    /** Length of the longest common run of words in order, gaps allowed. Texts are short: a policy bounds them. */
    private static int common(List<String> one, List<String> other) {
        int[] row = new int[other.size() + 1];
        for (String word : one) {
            int diagonal = 0;
            for (int j = 1; j <= other.size(); j++) {
                int above = row[j];
                row[j] = word.equals(other.get(j - 1)) ? diagonal + 1 : Math.max(row[j], row[j - 1]);
                diagonal = above;
            }
        }
        return row[other.size()];
    }
}
