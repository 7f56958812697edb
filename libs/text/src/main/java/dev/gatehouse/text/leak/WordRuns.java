package dev.gatehouse.text.leak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All runs of words of one text. Reading another text word by word, it says how many of its last words stand together in the first, in
 * constant time a word. Immutable after building.
 *
 * <p>A suffix automaton over words: A. Blumer et al., "The smallest automaton recognizing the subwords of a text", TCS 40, 1985.
 */
final class WordRuns {

    private static final int NONE = -1;

    private final Map<Edge, Integer> edges = new HashMap<>();
    private final List<Map<Long, Integer>> leaving = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private final List<Integer> links = new ArrayList<>();
    private int last;

    private record Edge(int state, long word) {
    }

    /** A place while reading another text. @param length how many of its last words stand together in the first text */
    record Place(int state, int length) {
        static final Place START = new Place(0, 0);
    }

    private WordRuns() {
        state(0, NONE);
    }

    static WordRuns of(List<Long> words) {
        WordRuns runs = new WordRuns();
        words.forEach(runs::append);
        return runs;
    }

    /** The place after one more word. */
    Place next(Place place, long word) {
        int state = place.state;
        int length = place.length;
        Integer to = edges.get(new Edge(state, word));
        while (to == null && state > 0) {
            state = links.get(state);
            length = lengths.get(state);
            to = edges.get(new Edge(state, word));
        }
        return to == null ? Place.START : new Place(to, length + 1);
    }

    private void append(long word) {
        int added = state(lengths.get(last) + 1, 0);
        int state = last;
        for (; state != NONE && !edges.containsKey(new Edge(state, word)); state = links.get(state)) {
            link(state, word, added);
        }
        if (state != NONE) {
            links.set(added, suffix(state, word));
        }
        last = added;
    }

    private int suffix(int from, long word) {
        int to = edges.get(new Edge(from, word));
        if (lengths.get(to) == lengths.get(from) + 1) {
            return to;
        }
        int copy = state(lengths.get(from) + 1, links.get(to));
        leaving.get(to).forEach((key, target) -> link(copy, key, target));
        for (int state = from; state != NONE && Integer.valueOf(to).equals(edges.get(new Edge(state, word))); state = links.get(state)) {
            link(state, word, copy);
        }
        links.set(to, copy);
        return copy;
    }

    private int state(int length, int link) {
        lengths.add(length);
        links.add(link);
        leaving.add(new HashMap<>());
        return lengths.size() - 1;
    }

    private void link(int state, long word, int to) {
        edges.put(new Edge(state, word), to);
        leaving.get(state).put(word, to);
    }
}
