package dev.gatehouse.text.keyword;

import java.util.Arrays;
import java.util.List;

/**
 * Finds all occurrences of many keywords in one pass, ignoring case character by character, so that offsets stay exact. Linear in the
 * text plus the number of occurrences, whatever the keywords. Immutable.
 *
 * <p>A. V. Aho, M. J. Corasick, "Efficient string matching", CACM 18(6), 1975. The states near the root have all their transitions in a
 * table, one look-up a character; those beyond the table's bound, which only huge lists have, search their children and fall back.
 */
public final class KeywordAutomaton {

    /** The table's bound: 4 MiB. */
    private static final int TABLE_CELLS = 1 << 20;
    private static final int ASCII = 128;
    private static final int FOUND = Integer.MIN_VALUE;

    private final KeywordTree tree;
    private final int[] asciiSymbol = new int[ASCII];
    private final char[] characters;
    private final int shift;
    private final int tabled;
    /** By state and symbol: the next state, {@link #FOUND} added if keywords end there. */
    private final int[] next;
    private final int[] fallback;
    /** By state: the longest state that ends it, is shorter and has keywords; 0 for none. */
    private final int[] shorter;

    private KeywordAutomaton(KeywordTree tree) {
        this.tree = tree;
        characters = characters(tree);
        shift = Integer.SIZE - Integer.numberOfLeadingZeros(characters.length);
        tabled = Math.max(1, Math.min(tree.size(), TABLE_CELLS >> shift));
        next = new int[tabled << shift];
        fallback = new int[tree.size()];
        shorter = new int[tree.size()];
        for (char c = 0; c < ASCII; c++) {
            asciiSymbol[c] = searchSymbol(fold(c));
        }
        link();
        Arrays.setAll(next, i -> marked(next[i]));
    }

    /** Receives the occurrences, ordered by their end, the longest first. */
    @FunctionalInterface
    public interface Occurrences {

        /** Keyword number {@code keyword} (its index in the list) occurred and ends before index {@code end}. */
        void at(int keyword, int end);
    }

    /** An automaton for the keywords. An empty keyword is an {@link IllegalArgumentException}. */
    public static KeywordAutomaton of(List<String> keywords) {
        if (keywords.contains("")) {
            throw new IllegalArgumentException("keyword " + keywords.indexOf("") + " is empty");
        }
        return new KeywordAutomaton(KeywordTree.of(keywords.stream().map(KeywordAutomaton::fold).toList()));
    }

    /** The case-insensitive form of a character. */
    public static char fold(char c) {
        if (c < ASCII) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    /** Reports every occurrence in {@code text}. */
    public void scan(String text, Occurrences occurrences) {
        Cursor cursor = cursor();
        for (int i = 0; i < text.length(); i++) {
            cursor.read(text.charAt(i), i, occurrences);
        }
    }

    /** A place in a text that grows, at its start. */
    public Cursor cursor() {
        return new Cursor();
    }

    /** Reads a text character by character. Not thread-safe. */
    public final class Cursor {
        private int state;

        /** Reads the character at an index and reports what ends with it. */
        public void read(char c, int index, Occurrences occurrences) {
            int to = step(state, c);
            state = to & ~FOUND;
            if (to != state) {
                report(state, index + 1, occurrences);
            }
        }

        /** How many of the last characters a keyword may begin with that goes on. */
        public int depth() {
            return tree.depth()[state];
        }
    }

    private void report(int from, int end, Occurrences occurrences) {
        for (int state = from; state > 0; state = shorter[state]) {
            for (int keyword : tree.keywords()[state]) {
                occurrences.at(keyword, end);
            }
        }
    }

    private int step(int from, char c) {
        int state = from;
        while (state >= tabled) {
            int child = tree.child(state, fold(c));
            if (child > 0) {
                return marked(child);
            }
            state = fallback[state];
        }
        return next[(state << shift) + (c < ASCII ? asciiSymbol[c] : searchSymbol(fold(c)))];
    }

    private int marked(int state) {
        return tree.keywords()[state].length > 0 || shorter[state] > 0 ? state | FOUND : state;
    }

    /** From 1; 0 for a character that no keyword has. */
    private int searchSymbol(char folded) {
        return Math.max(0, Arrays.binarySearch(characters, folded) + 1);
    }

    /** A state's missing transitions are those of its longest proper suffix, which has a smaller number and so is complete. */
    private void link() {
        for (int state = 0; state < tree.size(); state++) {
            if (tree.parent()[state] > 0) {
                fallback[state] = step(fallback[tree.parent()[state]], tree.label()[state]) & ~FOUND;
            }
            int suffix = fallback[state];
            shorter[state] = tree.keywords()[suffix].length > 0 ? suffix : shorter[suffix];
            if (state < tabled) {
                fillRow(state);
            }
        }
    }

    private void fillRow(int state) {
        System.arraycopy(next, fallback[state] << shift, next, state << shift, 1 << shift);
        for (int child = tree.firstChild()[state]; child < tree.firstChild()[state + 1]; child++) {
            next[(state << shift) + searchSymbol(tree.label()[child])] = child;
        }
    }

    private static String fold(String keyword) {
        char[] chars = keyword.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] = fold(chars[i]);
        }
        return new String(chars);
    }

    private static char[] characters(KeywordTree tree) {
        int[] labels = new int[tree.size() - 1];
        Arrays.setAll(labels, i -> tree.label()[i + 1]);
        int[] distinct = Arrays.stream(labels).distinct().sorted().toArray();
        char[] characters = new char[distinct.length];
        for (int i = 0; i < distinct.length; i++) {
            characters[i] = (char) distinct[i];
        }
        return characters;
    }
}
