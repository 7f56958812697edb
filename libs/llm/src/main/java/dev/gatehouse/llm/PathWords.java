package dev.gatehouse.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * The segments of a path in lower case, percent-decoded, without empty and dot segments. Wider than any one server reads a path, on
 * purpose: a body that is recognised too often is inspected, one that is not slips through (CVE-2026-26205).
 *
 * @param segments the segments; the last one of a Google path is split at its colon
 */
record PathWords(List<String> segments) {

    static PathWords of(String path) {
        String decoded = decode(decode(withoutQuery(path))).toLowerCase(Locale.ROOT);
        List<String> segments = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(decoded, "/\\");
        while (tokens.hasMoreTokens()) {
            segments.add(tokens.nextToken());
        }
        segments.removeIf("."::equals);
        return new PathWords(segments);
    }

    static String withoutQuery(String path) {
        int end = path.length();
        for (char stop : new char[] {'?', '#'}) {
            int at = path.indexOf(stop);
            end = at < 0 ? end : Math.min(end, at);
        }
        return path.substring(0, end);
    }

    /** Percent escapes of ASCII only: no known path needs others. */
    private static String decode(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            int escaped = path.charAt(i) == '%' && i + 2 < path.length() ? hex(path, i + 1) : -1;
            decoded.append(escaped < 0 ? path.charAt(i) : (char) escaped);
            i += escaped < 0 ? 0 : 2;
        }
        return decoded.toString();
    }

    private static int hex(String path, int at) {
        int high = Character.digit(path.charAt(at), 16);
        int low = Character.digit(path.charAt(at + 1), 16);
        return high < 0 || low < 0 || high > 7 ? -1 : high << 4 | low;
    }

    boolean endsWith(String... words) {
        int from = segments.size() - words.length;
        return from >= 0 && segments.subList(from, segments.size()).equals(List.of(words));
    }

    boolean contains(String word) {
        return segments.contains(word);
    }

    /** Whether these words follow each other anywhere. */
    boolean containsRun(String... words) {
        return java.util.Collections.indexOfSubList(segments, List.of(words)) >= 0;
    }

    String last() {
        return segments.isEmpty() ? "" : segments.getLast();
    }

    /** What follows the last colon of the last segment, as in {@code gemini-pro:generateContent}; else empty. */
    String verb() {
        int colon = last().lastIndexOf(':');
        return colon < 0 ? "" : last().substring(colon + 1);
    }
}
