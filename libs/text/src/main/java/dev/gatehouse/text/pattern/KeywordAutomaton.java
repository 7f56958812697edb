package dev.gatehouse.text.pattern;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Finds all occurrences of many keywords in one pass (Aho and Corasick, 1975), ignoring case character by character, so that offsets
 * stay exact. Linear in the text plus the number of occurrences, whatever the keywords. Immutable.
 */
public final class KeywordAutomaton {

    private final int[] edgeStart;
    private final char[] edgeChar;
    private final int[] edgeTarget;
    private final int[] fail;
    private final int[] nextOutput;
    private final int[][] output;
    private final int[] rootTarget = new int[128];

    private KeywordAutomaton(List<Node> nodes) {
        int count = nodes.size();
        edgeStart = new int[count + 1];
        edgeChar = new char[count];
        edgeTarget = new int[count];
        fail = new int[count];
        nextOutput = new int[count];
        output = new int[count][];
        layOut(nodes);
        link();
        for (char c = 0; c < rootTarget.length; c++) {
            rootTarget[c] = Math.max(0, child(0, c));
        }
    }

    /** Receives the occurrences, ordered by their end. */
    @FunctionalInterface
    public interface Hits {

        /** Keyword number {@code keyword} (its index in the list) occurred and ends before index {@code end}. */
        void hit(int keyword, int end);
    }

    /** An automaton for the keywords. An empty keyword is an {@link IllegalArgumentException}. */
    public static KeywordAutomaton of(List<String> keywords) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(new Node());
        for (int i = 0; i < keywords.size(); i++) {
            insert(nodes, keywords.get(i), i);
        }
        return new KeywordAutomaton(nodes);
    }

    /** The case-insensitive form of a character. */
    public static char fold(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    /** Reports every occurrence in {@code text}. */
    public void scan(CharSequence text, Hits hits) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = fold(text.charAt(i));
            state = state == 0 && c < 128 ? rootTarget[c] : step(state, c);
            for (int at = state; at > 0; at = nextOutput[at]) {
                report(at, i + 1, hits);
            }
        }
    }

    private void report(int state, int end, Hits hits) {
        if (output[state] != null) {
            for (int keyword : output[state]) {
                hits.hit(keyword, end);
            }
        }
    }

    private int step(int state, char c) {
        int at = state;
        int target = child(at, c);
        while (target < 0 && at != 0) {
            at = fail[at];
            target = child(at, c);
        }
        return Math.max(0, target);
    }

    private int child(int state, char c) {
        int low = edgeStart[state];
        int high = edgeStart[state + 1] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            char label = edgeChar[middle];
            if (label == c) {
                return edgeTarget[middle];
            }
            if (label < c) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private static final class Node {
        private final TreeMap<Character, Integer> children = new TreeMap<>();
        private int[] keywords;

        void add(int keyword) {
            int[] before = keywords == null ? new int[0] : keywords;
            keywords = Arrays.copyOf(before, before.length + 1);
            keywords[before.length] = keyword;
        }
    }

    private static void insert(List<Node> nodes, String keyword, int number) {
        if (keyword.isEmpty()) {
            throw new IllegalArgumentException("keyword " + number + " is empty");
        }
        int at = 0;
        for (int i = 0; i < keyword.length(); i++) {
            Integer next = nodes.get(at).children.get(fold(keyword.charAt(i)));
            if (next == null) {
                next = nodes.size();
                nodes.get(at).children.put(fold(keyword.charAt(i)), next);
                nodes.add(new Node());
            }
            at = next;
        }
        nodes.get(at).add(number);
    }

    private void layOut(List<Node> nodes) {
        int edge = 0;
        for (int state = 0; state < nodes.size(); state++) {
            edgeStart[state] = edge;
            for (var child : nodes.get(state).children.entrySet()) {
                edgeChar[edge] = child.getKey();
                edgeTarget[edge] = child.getValue();
                edge++;
            }
            output[state] = nodes.get(state).keywords;
        }
        edgeStart[nodes.size()] = edge;
    }

    /** Breadth first: a state's failure link is where its parent's link leads with the same character. */
    private void link() {
        ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(0));
        while (!queue.isEmpty()) {
            int state = queue.poll();
            for (int edge = edgeStart[state]; edge < edgeStart[state + 1]; edge++) {
                int target = edgeTarget[edge];
                fail[target] = state == 0 ? 0 : step(fail[state], edgeChar[edge]);
                nextOutput[target] = output[fail[target]] != null ? fail[target] : nextOutput[fail[target]];
                queue.add(target);
            }
        }
    }
}
