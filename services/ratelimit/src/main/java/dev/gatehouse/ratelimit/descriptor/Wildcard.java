package dev.gatehouse.ratelimit.descriptor;

import java.util.List;

/** A pattern in which each {@code *} stands for any text, also none. Matches in linear time. */
record Wildcard(String pattern, List<String> parts) {

    static Wildcard of(String pattern) {
        return new Wildcard(pattern, List.of(pattern.split("\\*", -1)));
    }

    boolean matches(String text) {
        String first = parts.getFirst();
        String last = parts.getLast();
        int end = text.length() - last.length();
        if (end < first.length() || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int at = first.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, at);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }
}
