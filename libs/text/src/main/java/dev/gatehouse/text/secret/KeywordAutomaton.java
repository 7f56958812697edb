package dev.gatehouse.text.secret;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Aho-Corasick automaton as a dense table over folded ASCII: one table look-up a character, all keywords at once.
 *
 * <p>A. V. Aho, M. J. Corasick, "Efficient string matching", CACM 18(6), 1975.
 */
final class KeywordAutomaton {

    private static final int ASCII = 128;
    private static final int FOUND = Integer.MIN_VALUE;

    private final int[] classOf = new int[ASCII];
    private final int[] lengths;
    private int classes = 1;
    /** By state and class: where the next state's row begins, {@link #FOUND} added if that state has found keywords. */
    private final int[] next;
    private final int[][] outputs;

    /** Keywords are lower-case ASCII, without duplicates; a keyword's number is its place in the list. */
    KeywordAutomaton(List<String> keywords) {
        keywords.forEach(this::classify);
        foldUpperCase();
        lengths = keywords.stream().mapToInt(String::length).toArray();
        List<int[]> goTo = new ArrayList<>();
        List<List<Integer>> found = new ArrayList<>();
        addState(goTo, found);
        insert(keywords, goTo, found);
        link(goTo, found);
        outputs = found.stream().map(list -> list.stream().mapToInt(Integer::intValue).toArray()).toArray(int[][]::new);
        next = goTo.stream().flatMapToInt(Arrays::stream).map(state -> state * classes | (outputs[state].length > 0 ? FOUND : 0)).toArray();
    }

    /** Every occurrence of every keyword, ordered by its end. */
    Hits scan(String text) {
        Hits hits = new Hits(lengths.length);
        int row = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int to = c < ASCII ? next[row + classOf[c]] : 0;
            row = to & ~FOUND;
            if (to != row) {
                for (int keyword : outputs[row / classes]) {
                    hits.add(keyword, i + 1 - lengths[keyword]);
                }
            }
        }
        return hits;
    }

    private void classify(String keyword) {
        for (char c : keyword.toCharArray()) {
            if (c >= ASCII || Character.isUpperCase(c)) {
                throw new IllegalArgumentException("keyword is not lower-case ASCII: " + keyword);
            }
            if (classOf[c] == 0) {
                classOf[c] = classes++;
            }
        }
    }

    private void foldUpperCase() {
        for (char c = 'A'; c <= 'Z'; c++) {
            classOf[c] = classOf[Character.toLowerCase(c)];
        }
    }

    private int addState(List<int[]> goTo, List<List<Integer>> found) {
        goTo.add(new int[classes]);
        found.add(new ArrayList<>());
        return goTo.size() - 1;
    }

    /** Level by level, so that the states near the root, where most texts stay, lie together in the table. */
    private void insert(List<String> keywords, List<int[]> goTo, List<List<Integer>> found) {
        int[] reached = new int[keywords.size()];
        int deepest = Arrays.stream(lengths).max().orElse(0);
        for (int depth = 0; depth < deepest; depth++) {
            for (int i = 0; i < reached.length; i++) {
                if (depth < lengths[i]) {
                    reached[i] = child(reached[i], classOf[keywords.get(i).charAt(depth)], goTo, found);
                }
            }
        }
        for (int i = 0; i < reached.length; i++) {
            found.get(reached[i]).add(i);
        }
    }

    private int child(int state, int symbol, List<int[]> goTo, List<List<Integer>> found) {
        int[] row = goTo.get(state);
        if (row[symbol] == 0) {
            row[symbol] = addState(goTo, found);
        }
        return row[symbol];
    }

    /** Breadth first: a state's missing transitions are those of its longest proper suffix, whose keywords it also has found. */
    private void link(List<int[]> goTo, List<List<Integer>> found) {
        int[] suffix = new int[goTo.size()];
        ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(0));
        while (!queue.isEmpty()) {
            int state = queue.remove();
            int[] row = goTo.get(state);
            for (int c = 1; c < classes; c++) {
                int fallback = state == 0 ? 0 : goTo.get(suffix[state])[c];
                if (row[c] == 0) {
                    row[c] = fallback;
                } else {
                    suffix[row[c]] = fallback;
                    found.get(row[c]).addAll(found.get(fallback));
                    queue.add(row[c]);
                }
            }
        }
    }
}
