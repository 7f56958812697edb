package dev.gatehouse.ratelimit.descriptor;

/** What statsd cannot bear in a name is written as {@code _}: colons, bars, and the dots of IPv4 addresses. */
final class StatName {

    private StatName() {}

    static String of(String path) {
        StringBuilder name = new StringBuilder(path.length());
        for (int at = 0; at < path.length(); ) {
            int end = address(path, at);
            name.append(end > at ? path.substring(at, end).replace('.', '_') : plain(path.charAt(at)));
            at = Math.max(end, at + 1);
        }
        return name.toString();
    }

    private static String plain(char c) {
        return c == ':' || c == '|' ? "_" : String.valueOf(c);
    }

    /** Where an address that begins here ends: four groups of 1 to 3 digits; the beginning itself if none does. */
    private static int address(String path, int start) {
        int at = start;
        for (int group = 0; group < 4; group++) {
            if (group > 0 && (at >= path.length() || path.charAt(at++) != '.')) {
                return start;
            }
            int digits = digits(path, at);
            if (digits == 0) {
                return start;
            }
            at += digits;
        }
        return at;
    }

    private static int digits(String path, int at) {
        int end = at;
        while (end < path.length() && end < at + 3 && path.charAt(end) >= '0' && path.charAt(end) <= '9') {
            end++;
        }
        return end - at;
    }
}
