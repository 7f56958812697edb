package dev.gatehouse.text.signature;

import dev.gatehouse.text.pattern.KeywordAutomaton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trie of words and word beginnings. Each word of a text is walked once and reports the entries it equals and those it begins with.
 * Every entry carries numbers of its owner's.
 */
final class Lexicon {

    private static final int[] NOTHING = {};

    private final int[] edgeStart;
    private final char[] edgeChar;
    private final int[] edgeTarget;
    private final int[][] whole;
    private final int[][] beginning;
    private final int[] rootTarget = new int[128];

    private Lexicon(List<Node> nodes) {
        int count = nodes.size();
        edgeStart = new int[count + 1];
        edgeChar = new char[count];
        edgeTarget = new int[count];
        whole = new int[count][];
        beginning = new int[count][];
        layOut(nodes);
        for (char c = 0; c < rootTarget.length; c++) {
            rootTarget[c] = child(0, c);
        }
    }

    /** Receives the numbers of entries. */
    @FunctionalInterface
    interface Entries {
        void numbers(int[] numbers);
    }

    /** Reports the entries of the word at {@code start..end}. */
    void look(String text, int start, int end, Entries entries) {
        char first = KeywordAutomaton.fold(text.charAt(start));
        int node = first < 128 ? rootTarget[first] : child(0, first);
        int i = start + 1;
        while (node > 0) {
            if (beginning[node].length > 0) {
                entries.numbers(beginning[node]);
            }
            if (i == end) {
                if (whole[node].length > 0) {
                    entries.numbers(whole[node]);
                }
                return;
            }
            node = child(node, KeywordAutomaton.fold(text.charAt(i++)));
        }
    }

    /** The end of the longest entry that stands at {@code start}, or {@code start}. */
    int longest(String text, int start, int end) {
        int longest = start;
        int node = 0;
        for (int i = start; i < end && node >= 0; i++) {
            node = child(node, KeywordAutomaton.fold(text.charAt(i)));
            if (node > 0 && (whole[node].length > 0 || beginning[node].length > 0)) {
                longest = i + 1;
            }
        }
        return longest;
    }

    private int child(int node, char c) {
        int end = edgeStart[node + 1];
        for (int edge = edgeStart[node]; edge < end; edge++) {
            if (edgeChar[edge] >= c) {
                return edgeChar[edge] == c ? edgeTarget[edge] : -1;
            }
        }
        return -1;
    }

    private void layOut(List<Node> nodes) {
        int edge = 0;
        for (int node = 0; node < nodes.size(); node++) {
            edgeStart[node] = edge;
            for (Map.Entry<Character, Integer> child : nodes.get(node).children.entrySet()) {
                edgeChar[edge] = child.getKey();
                edgeTarget[edge++] = child.getValue();
            }
            whole[node] = nodes.get(node).whole;
            beginning[node] = nodes.get(node).beginning;
        }
        edgeStart[nodes.size()] = edge;
    }

    private static final class Node {
        private final TreeMap<Character, Integer> children = new TreeMap<>();
        private int[] whole = NOTHING;
        private int[] beginning = NOTHING;
    }

    /** Collects entries. */
    static final class Builder {
        private final List<Node> nodes = new ArrayList<>(List.of(new Node()));

        /** Adds an entry: a word, or a word's beginning if it ends in {@code *}. */
        void add(String entry, int number) {
            boolean open = entry.endsWith("*");
            Node node = node(open ? entry.substring(0, entry.length() - 1) : entry);
            if (open) {
                node.beginning = with(node.beginning, number);
            } else {
                node.whole = with(node.whole, number);
            }
        }

        Lexicon build() {
            return new Lexicon(nodes);
        }

        private Node node(String word) {
            Node at = nodes.getFirst();
            for (char c : word.toCharArray()) {
                Integer next = at.children.get(KeywordAutomaton.fold(c));
                if (next == null) {
                    next = nodes.size();
                    at.children.put(KeywordAutomaton.fold(c), next);
                    nodes.add(new Node());
                }
                at = nodes.get(next);
            }
            return at;
        }

        private static int[] with(int[] numbers, int number) {
            if (Arrays.stream(numbers).anyMatch(n -> n == number)) {
                return numbers;
            }
            int[] more = Arrays.copyOf(numbers, numbers.length + 1);
            more[numbers.length] = number;
            return more;
        }
    }
}
