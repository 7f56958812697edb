package dev.gatehouse.text.signature;

import dev.gatehouse.text.keyword.KeywordAutomaton;
import java.util.Arrays;

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

    private Lexicon(Builder built) {
        int count = built.count;
        edgeStart = new int[count + 1];
        edgeChar = new char[count];
        edgeTarget = new int[count];
        whole = Arrays.copyOf(built.whole, count);
        beginning = Arrays.copyOf(built.beginning, count);
        layOut(built);
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

    private void layOut(Builder built) {
        int edge = 0;
        for (int node = 0; node < built.count; node++) {
            edgeStart[node] = edge;
            for (int child = built.firstChild[node]; child != 0; child = built.nextSibling[child]) {
                edgeChar[edge] = built.label[child];
                edgeTarget[edge++] = child;
            }
        }
        edgeStart[built.count] = edge;
    }

    /** Collects entries. Children are kept in order of their characters, as linked siblings; node 0 is the root. */
    static final class Builder {
        private char[] label = new char[1024];
        private int[] firstChild = new int[1024];
        private int[] nextSibling = new int[1024];
        private int[][] whole = new int[1024][];
        private int[][] beginning = new int[1024][];
        private int count;

        Builder() {
            newNode((char) 0, 0);
        }

        /** Adds an entry: a word, or a word's beginning if it ends in {@code *}. */
        void add(String entry, int number) {
            boolean open = entry.endsWith("*");
            int node = node(open ? entry.substring(0, entry.length() - 1) : entry);
            int[][] numbers = open ? beginning : whole;
            numbers[node] = with(numbers[node], number);
        }

        Lexicon build() {
            return new Lexicon(this);
        }

        private int node(String word) {
            int at = 0;
            for (int i = 0; i < word.length(); i++) {
                at = child(at, KeywordAutomaton.fold(word.charAt(i)));
            }
            return at;
        }

        private int child(int parent, char c) {
            int before = 0;
            int at = firstChild[parent];
            while (at != 0 && label[at] < c) {
                before = at;
                at = nextSibling[at];
            }
            if (at != 0 && label[at] == c) {
                return at;
            }
            int added = newNode(c, at);
            if (before == 0) {
                firstChild[parent] = added;
            } else {
                nextSibling[before] = added;
            }
            return added;
        }

        private int newNode(char c, int sibling) {
            if (count == label.length) {
                grow();
            }
            label[count] = c;
            nextSibling[count] = sibling;
            whole[count] = NOTHING;
            beginning[count] = NOTHING;
            return count++;
        }

        private void grow() {
            label = Arrays.copyOf(label, count * 2);
            firstChild = Arrays.copyOf(firstChild, count * 2);
            nextSibling = Arrays.copyOf(nextSibling, count * 2);
            whole = Arrays.copyOf(whole, count * 2);
            beginning = Arrays.copyOf(beginning, count * 2);
        }

        /** Numbers come in rising order, so a repeated one is the last. */
        private static int[] with(int[] numbers, int number) {
            if (numbers.length > 0 && numbers[numbers.length - 1] == number) {
                return numbers;
            }
            int[] more = Arrays.copyOf(numbers, numbers.length + 1);
            more[numbers.length] = number;
            return more;
        }
    }
}
