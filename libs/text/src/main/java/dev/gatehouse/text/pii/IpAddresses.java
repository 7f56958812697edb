package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;
import java.util.Locale;
import java.util.Set;

/**
 * Recognises IP addresses.
 *
 * <p>IPv4 in small numbers ({@code 1.2.3.4}) looks like a version: it needs a label. A private or link-local address tells little of a
 * person: even with a label it stays below the default bar ({@value #PRIVATE_LABELLED}).
 */
final class IpAddresses {

    private static final double PUBLIC = 0.8;
    private static final double LABELLED = 0.9;
    private static final double PRIVATE_LABELLED = 0.45;
    private static final double WEAK = 0.3;
    private static final int LONGEST = 45;
    private static final Set<Integer> RESOLVERS = Set.of(0x01010101, 0x08080808, 0x08080404, 0x09090909);
    private static final int SMALL = 30;

    /** An IPv4 address that begins at a run of digits. */
    void v4(GrowingText text, Seeds seeds, int run, Findings findings) {
        int[] octets = new int[4];
        for (int i = 0; i < 4; i++) {
            octets[i] = octet(text, seeds.runStarts.get(run + i), seeds.runEnd(run + i));
            if (octets[i] < 0 || i < 3 && !dotted(text, seeds, run + i)) {
                return;
            }
        }
        int start = seeds.runStarts.get(run);
        int end = seeds.runEnd(run + 3);
        if (bounded(text, start, end) && !special(octets)) {
            findings.propose(Entity.IP_ADDRESS, v4Score(octets, text, start, end), start, end);
        }
    }

    private static boolean dotted(GrowingText text, Seeds seeds, int run) {
        int end = seeds.runEnd(run);
        return Chars.at(text, end) == '.' && seeds.runStartsAt(run + 1, end + 1);
    }

    private static boolean bounded(GrowingText text, int start, int end) {
        char before = Chars.at(text, start - 1);
        char after = Chars.at(text, end);
        char earlier = Chars.at(text, start - 2);
        boolean product = (before == '/' || Chars.isDash(before)) && Chars.isWord(earlier);
        boolean range = before == '~' || before == '^' || before == '=' && "=<>~".indexOf(earlier) >= 0;
        boolean opens = !Chars.isWord(before) && before != '.' && !product && !range;
        boolean closes = !Chars.isWord(after) && !((after == '.' || after == '-') && Chars.isWord(Chars.at(text, end + 1)));
        return opens && closes;
    }

    private static double v4Score(int[] octets, GrowingText text, int start, int end) {
        Context context = Context.of(text, start, end);
        boolean named = context.names(Entity.IP_ADDRESS);
        if (local(octets)) {
            return named ? PRIVATE_LABELLED : WEAK;
        }
        if (context.versions() && (!named || versionLike(octets)) || !named && versionLike(octets)) {
            return WEAK;
        }
        return named ? LABELLED : PUBLIC;
    }

    /** The first number small, and two more of the others: true of one random address in two hundred, and of most versions. */
    private static boolean versionLike(int[] octets) {
        int small = 0;
        for (int i = 1; i < 4; i++) {
            small += octets[i] < SMALL ? 1 : 0;
        }
        return octets[0] < SMALL && small >= 2;
    }

    /**
     * Loopback, "this" network, documentation (RFC 5737), multicast, reserved and masks (RFC 6890), and the well-known resolvers 1.1.1.1,
     * 8.8.8.8, 8.8.4.4, 9.9.9.9: no person's host.
     */
    private static boolean special(int[] o) {
        boolean documentation = o[0] == 192 && o[1] == 0 && o[2] == 2 || o[0] == 198 && o[1] == 51 && o[2] == 100
            || o[0] == 203 && o[1] == 0 && o[2] == 113;
        return o[0] == 0 || o[0] == 127 || o[0] >= 224 || documentation || RESOLVERS.contains(o[0] << 24 | o[1] << 16 | o[2] << 8 | o[3]);
    }

    /** RFC 1918, RFC 3927, RFC 6598. */
    private static boolean local(int[] o) {
        return o[0] == 10 || o[0] == 192 && o[1] == 168 || o[0] == 172 && o[1] >> 4 == 1 || o[0] == 169 && o[1] == 254
            || o[0] == 100 && o[1] >> 6 == 1;
    }

    private static int octet(GrowingText text, int start, int end) {
        if (end - start > 3 || end - start > 1 && text.charAt(start) == '0') {
            return -1;
        }
        int value = Integer.parseInt(text.substring(start, end));
        return value < 256 ? value : -1;
    }

    /** An IPv6 address around its first colon. */
    void v6(GrowingText text, Seeds seeds, int seed, Findings findings) {
        int colon = seeds.colons.get(seed);
        int start = colon;
        while (start > 0 && colon - start < LONGEST && Chars.isHex(text.charAt(start - 1))) {
            start--;
        }
        int end = colon;
        while (end - start <= LONGEST && text.has(end) && (text.charAt(end) == ':' || Chars.isHex(text.charAt(end)))) {
            end++;
        }
        end -= Chars.at(text, end - 1) == ':' && Chars.at(text, end - 2) != ':' ? 1 : 0;
        if (Chars.isWord(Chars.at(text, start - 1)) || Chars.isWord(Chars.at(text, end))) {
            return;
        }
        String[] groups = text.substring(start, end).split(":", -1);
        if (isV6(groups)) {
            proposeV6(text, groups, start, end, findings);
        }
    }

    /** Eight groups, or one gap and at least three groups; a gap at an end splits into two empty groups. */
    private static boolean isV6(String[] groups) {
        int empty = 0;
        for (String group : groups) {
            empty += group.isEmpty() ? 1 : 0;
            if (group.length() > 4) {
                return false;
            }
        }
        return empty == 0 ? groups.length == 8 : empty == 1 && groups.length >= 4 && groups.length <= 8;
    }

    private static void proposeV6(GrowingText text, String[] groups, int start, int end, Findings findings) {
        String first = groups[0].toLowerCase(Locale.ROOT);
        boolean documentation = first.equals("2001") && (groups[1].equalsIgnoreCase("db8") || groups[1].equalsIgnoreCase("0db8"));
        boolean local = first.startsWith("fe8") || first.startsWith("fd") && first.length() == 4;
        boolean digits = text.substring(start, end).chars().anyMatch(c -> c >= '0' && c <= '9');
        if (!documentation && digits) {
            boolean named = Context.of(text, start, end).names(Entity.IP_ADDRESS);
            findings.propose(Entity.IP_ADDRESS, local ? named ? PRIVATE_LABELLED : WEAK : LABELLED, start, end);
        }
    }
}
