package dev.gatehouse.text.keyword;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keywords as a tree of characters. Nodes are numbered level by level: node 0 is the root, a node's children stand together in order of
 * their characters, and the nodes near the root, where most texts stay, come first.
 *
 * @param label      by node: the character that leads to it
 * @param parent     by node
 * @param firstChild by node: its first child; the next node's first child is the end. One entry more than nodes
 * @param keywords   by node: the numbers of the keywords that end there
 * @param depth      by node: how many characters lead to it
 */
record KeywordTree(char[] label, int[] parent, int[] firstChild, int[][] keywords, int[] depth) {

    /** The keywords of places {@code from..to} in the sorted list, which share their first {@code depth} characters. */
    private record Range(int from, int to, int depth) {
    }

    static KeywordTree of(List<String> keywords) {
        return new Builder(keywords).build();
    }

    int size() {
        return label.length;
    }

    /** The child of a node by a character, or 0. */
    int child(int node, char c) {
        int found = Arrays.binarySearch(label, firstChild[node], firstChild[node + 1], c);
        return Math.max(found, 0);
    }

    private static final class Builder {
        private final List<String> keywords;
        private final int[] sorted;
        private final char[] label;
        private final int[] parent;
        private final int[] firstChild;
        private final List<int[]> ending = new ArrayList<>();
        private final ArrayDeque<Range> open = new ArrayDeque<>();
        private int count = 1;

        Builder(List<String> keywords) {
            this.keywords = keywords;
            sorted = IntStream.range(0, keywords.size()).boxed().sorted(Comparator.comparing(keywords::get)).mapToInt(i -> i).toArray();
            int most = 1 + keywords.stream().mapToInt(String::length).sum();
            label = new char[most];
            parent = new int[most];
            firstChild = new int[most + 1];
        }

        KeywordTree build() {
            open.add(new Range(0, sorted.length, 0));
            for (int node = 0; node < count; node++) {
                firstChild[node] = count;
                grow(node, open.remove());
            }
            firstChild[count] = count;
            return new KeywordTree(Arrays.copyOf(label, count), Arrays.copyOf(parent, count), Arrays.copyOf(firstChild, count + 1),
                    ending.toArray(int[][]::new), depths());
        }

        private int[] depths() {
            int[] depths = new int[count];
            for (int node = 1; node < count; node++) {
                depths[node] = depths[parent[node]] + 1;
            }
            return depths;
        }

        private void grow(int node, Range range) {
            int longer = range.from;
            while (longer < range.to && keyword(longer).length() == range.depth) {
                longer++;
            }
            ending.add(Arrays.copyOfRange(sorted, range.from, longer));
            for (int from = longer; from < range.to; ) {
                int to = endOfGroup(from, range);
                label[count] = keyword(from).charAt(range.depth);
                parent[count++] = node;
                open.add(new Range(from, to, range.depth + 1));
                from = to;
            }
        }

        private int endOfGroup(int from, Range range) {
            char c = keyword(from).charAt(range.depth);
            int to = from + 1;
            while (to < range.to && keyword(to).charAt(range.depth) == c) {
                to++;
            }
            return to;
        }

        private String keyword(int place) {
            return keywords.get(sorted[place]);
        }
    }
}
