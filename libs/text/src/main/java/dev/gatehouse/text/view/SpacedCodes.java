package dev.gatehouse.text.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Codes written with gaps: bits, Morse, pairs of hex digits. */
final class SpacedCodes {

    /** Shortest run of signs that is looked at: two letters of bits, or a short word of Morse. */
    static final int SHORTEST = 16;
    /** Fewest hex pairs. */
    static final int SHORTEST_PAIRS = 6;

    private static final String MORSE = "a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-. s... "
            + "t- u..- v...- w.-- x-..- y-.-- z--.. 0----- 1.---- 2..--- 3...-- 4....- 5..... 6-.... 7--... 8---.. 9----.";
    private static final Map<String, Character> LETTERS = letters();
    private static final int FEWEST_LETTERS = 6;

    private SpacedCodes() {
    }

    /** One stretch of a text read, if it can be. */
    @FunctionalInterface
    private interface Reading {
        Optional<Payload> of(String run, int from, int to);
    }

    static List<Payload> bitsAndMorse(String text) {
        List<Payload> found = runs(text, c -> c == '0' || c == '1' || isGap(c), SHORTEST, SpacedCodes::bits);
        found.addAll(runs(text, c -> c == '.' || c == '-' || c == '_' || c == '/' || c == '|' || isGap(c), SHORTEST, SpacedCodes::morse));
        return found;
    }

    static List<Payload> hexPairs(String text) {
        return runs(text, c -> HexFormat.isHexDigit(c) || isGap(c) || c == ',' || c == ':', SHORTEST_PAIRS * 3 - 1, SpacedCodes::pairs);
    }

    private static boolean isGap(int c) {
        return c == ' ' || c == '\n' || c == '\t';
    }

    private static List<Payload> runs(String text, IntPredicate sign, int shortest, Reading reading) {
        List<Payload> found = new ArrayList<>();
        for (int i = 0; i < text.length(); ) {
            int end = i;
            while (end < text.length() && sign.test(text.charAt(end))) {
                end++;
            }
            if (end - i >= shortest) {
                reading.of(text.substring(i, end), i, end).ifPresent(found::add);
            }
            i = end + 1;
        }
        return found;
    }

    private static Optional<Payload> bits(String run, int from, int to) {
        String bits = run.replaceAll("[ \n\t]", "");
        byte[] bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits, i * 8, i * 8 + 8, 2);
        }
        return Octets.text(bytes, bytes.length).map(text -> Payload.of(View.Kind.BINARY, text, from, to));
    }

    /** Words at the run's borders that are no pairs are left out. */
    private static Optional<Payload> pairs(String run, int from, int to) {
        StringBuilder digits = new StringBuilder();
        for (String pair : run.split("[ ,:\n\t]+")) {
            digits.append(pair.length() == 2 ? pair : "");
        }
        byte[] bytes = HexFormat.of().parseHex(digits);
        return Octets.text(bytes, bytes.length).map(text -> Payload.of(View.Kind.HEX, text, from, to));
    }

    private static Optional<Payload> morse(String run, int from, int to) {
        StringBuilder text = new StringBuilder();
        int letters = 0;
        int unknown = 0;
        for (String sign : run.replace('_', '-').replaceAll("[/|\n\t]|  +", " / ").strip().split(" +")) {
            Character letter = LETTERS.get(sign);
            boolean gap = sign.equals("/");
            letters += letter != null ? 1 : 0;
            unknown += letter == null && !gap ? 1 : 0;
            text.append(letter != null ? letter : ' ');
        }
        boolean read = letters >= FEWEST_LETTERS && unknown * 6 <= letters;
        return read ? Optional.of(Payload.of(View.Kind.MORSE, text.toString(), from, to)) : Optional.empty();
    }

    private static Map<String, Character> letters() {
        Map<String, Character> letters = new HashMap<>();
        for (String entry : MORSE.split(" ")) {
            letters.put(entry.substring(1), entry.charAt(0));
        }
        return letters;
    }
}
