package dev.gatehouse.cache.verify.wordnet;

import java.util.ArrayList;
import java.util.List;

/** The forms that a word of a sentence may have in a dictionary, without an ending: WordNet's own rules ("morphy"). Many are no words. */
final class Forms {

    /** @param part that the form must be to have had this ending: n, v or a */
    record Form(String word, char part) {}

    private record Ending(String taken, String put, char part) {}

    private static final List<Ending> PLURALS = List.of(new Ending("s", "", 'n'), new Ending("ses", "s", 'n'), new Ending("xes", "x", 'n'), new Ending("zes", "z", 'n'),
            new Ending("ches", "ch", 'n'), new Ending("shes", "sh", 'n'), new Ending("men", "man", 'n'), new Ending("ies", "y", 'n'));
    private static final List<Ending> OTHERS = List.of(new Ending("s", "", 'v'), new Ending("ies", "y", 'v'), new Ending("es", "e", 'v'), new Ending("es", "", 'v'),
            new Ending("ied", "y", 'v'), new Ending("ed", "e", 'v'), new Ending("ed", "", 'v'), new Ending("ing", "e", 'v'), new Ending("ing", "", 'v'),
            new Ending("er", "", 'a'), new Ending("est", "", 'a'), new Ending("er", "e", 'a'), new Ending("est", "e", 'a'), new Ending("ier", "y", 'a'),
            new Ending("iest", "y", 'a'), new Ending("ly", "", 'a'));
    private static final int SHORTEST = 2;

    private Forms() {}

    /** Singulars. */
    static List<Form> singulars(String word) {
        return without(PLURALS, word);
    }

    /** Verbs, and adjectives that are not compared. */
    static List<Form> bases(String word) {
        List<Form> forms = without(OTHERS, word);
        for (String ending : List.of("ed", "ing", "er", "est")) {
            int end = word.length() - ending.length();
            if (word.endsWith(ending) && end > SHORTEST && word.charAt(end - 1) == word.charAt(end - 2)) {
                forms.add(new Form(word.substring(0, end - 1), ending.startsWith("e") && !ending.equals("ed") ? 'a' : 'v'));
            }
        }
        return forms;
    }

    private static List<Form> without(List<Ending> endings, String word) {
        List<Form> forms = new ArrayList<>();
        for (Ending ending : endings) {
            if (word.endsWith(ending.taken) && word.length() - ending.taken.length() >= SHORTEST) {
                forms.add(new Form(word.substring(0, word.length() - ending.taken.length()) + ending.put, ending.part));
            }
        }
        return forms;
    }
}
