package dev.gatehouse.text.signature;

import dev.gatehouse.text.view.InspectedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The sequence rules in the form they are matched in. A word of the lexicon means places in phrases (the members of a class, mostly of one
 * word); the last place of a phrase completes its class; a class means places in sequences.
 */
final class PhraseRules {

    /** A place in a phrase: {@code before} is the place it follows, -1 for the first; {@code completes} a class, or -1; the phrase's length so far. */
    record PhrasePlace(int before, int completes, int length) {
    }

    /** A place in a sequence, with the gap allowed after {@code before}, and the rule it completes or -1. */
    record SequencePlace(int before, int gap, boolean opens, int completes) {
    }

    final Lexicon lexicon;
    final PhrasePlace[] phrasePlaces;
    final SequencePlace[] sequencePlaces;
    final int[][] placesOfClass;
    final List<Rule> rules;

    PhraseRules(RuleFile file) {
        rules = file.rules();
        Map<String, Integer> numbers = new HashMap<>();
        file.classes().keySet().forEach(name -> numbers.put(name, numbers.size()));
        List<PhrasePlace> phrases = new ArrayList<>();
        Lexicon.Builder words = new Lexicon.Builder();
        file.classes().forEach((name, members) -> members.forEach(member -> addPhrase(member, numbers.get(name), phrases, words)));
        List<SequencePlace> sequences = new ArrayList<>();
        List<List<Integer>> places = new ArrayList<>();
        numbers.forEach((name, number) -> places.add(new ArrayList<>()));
        for (int rule = 0; rule < rules.size(); rule++) {
            for (Rule.Sequence sequence : rules.get(rule).sequences()) {
                addSequence(sequence, rule, numbers, sequences, places);
            }
        }
        lexicon = words.build();
        phrasePlaces = phrases.toArray(PhrasePlace[]::new);
        sequencePlaces = sequences.toArray(SequencePlace[]::new);
        placesOfClass = places.stream().map(PhraseRules::laterFirst).toArray(int[][]::new);
    }

    /** A later place of a sequence is looked at before an earlier one, so that one word does not fill both. */
    private static int[] laterFirst(List<Integer> places) {
        return places.stream().sorted(Comparator.reverseOrder()).mapToInt(Integer::intValue).toArray();
    }

    private static void addSequence(Rule.Sequence sequence, int rule, Map<String, Integer> numbers, List<SequencePlace> all,
            List<List<Integer>> places) {
        for (int i = 0; i < sequence.slots().size(); i++) {
            Rule.Slot slot = sequence.slots().get(i);
            boolean last = i == sequence.slots().size() - 1;
            places.get(numbers.get(slot.wordClass())).add(all.size());
            all.add(new SequencePlace(i == 0 ? -1 : all.size() - 1, slot.gap(), i == 0 && sequence.opens(), last ? rule : -1));
        }
    }

    private static void addPhrase(String member, int wordClass, List<PhrasePlace> all, Lexicon.Builder words) {
        List<String> parts = parts(member);
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            addWord(parts.get(i), all.size(), words);
            all.add(new PhrasePlace(i == 0 ? -1 : all.size() - 1, last ? wordClass : -1, i + 1));
        }
    }

    private static void addWord(String part, int place, Lexicon.Builder words) {
        boolean open = part.endsWith("*");
        String word = open ? part.substring(0, part.length() - 1) : part;
        words.add(part, place);
        SpellingVariants.of(word).forEach(variant -> words.add(open ? variant + "*" : variant, place));
    }

    /** The words of a phrase in their canonical form; the last keeps its star. */
    private static List<String> parts(String member) {
        boolean open = member.endsWith("*");
        String written = (open ? member.substring(0, member.length() - 1) : member).replace('_', ' ');
        String canonical = InspectedText.of(written).canonical().text().toLowerCase(Locale.ROOT);
        List<String> parts = new ArrayList<>();
        Tokens.of(canonical, (start, end, opens) -> parts.add(canonical.substring(start, end)));
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("no word in " + member);
        }
        parts.set(parts.size() - 1, parts.getLast() + (open ? "*" : ""));
        return parts;
    }
}
