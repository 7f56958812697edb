package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;
import java.util.HashMap;
import java.util.Map;

/** Recognises IBANs: the country's length (SWIFT IBAN registry, release 99) and mod 97-10; one separator may stand between any two characters' groups. */
final class Ibans {

    private static final double SCORE = 0.98;
    private static final Map<String, Integer> LENGTHS = lengths("""
        AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27
        GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22
        MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28
        TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30""");

    void find(GrowingText text, Seeds seeds, int word, Findings findings) {
        int start = seeds.wordStarts.get(word);
        if (begins(text, start)) {
            read(text, start, LENGTHS.getOrDefault(country(text, start), 0), findings);
        }
    }

    private static boolean begins(GrowingText text, int start) {
        return Chars.isLetter(text.charAt(start)) && Chars.isLetter(Chars.at(text, start + 1)) && Chars.isDigit(Chars.at(text, start + 2))
            && Chars.isDigit(Chars.at(text, start + 3)) && Chars.at(text, start - 1) != '_';
    }

    private static String country(GrowingText text, int start) {
        return "" + Chars.upper(text.charAt(start)) + Chars.upper(text.charAt(start + 1));
    }

    private static void read(GrowingText text, int start, int length, Findings findings) {
        int index = start;
        int rest = 0;
        int[] head = new int[4];
        for (int read = 0; read < length; read++) {
            index += read > 0 && Chars.isSeparator(Chars.at(text, index)) ? 1 : 0;
            int value = Character.digit(Chars.at(text, index), 36);
            if (value < 0) {
                return;
            }
            if (read < 4) {
                head[read] = value;
            } else {
                rest = append(rest, value);
            }
            index++;
        }
        for (int value : head) {
            rest = append(rest, value);
        }
        if (length > 0 && rest == 1 && !Chars.isWord(Chars.at(text, index))) {
            findings.propose(Entity.IBAN, SCORE, start, index);
        }
    }

    private static int append(int rest, int value) {
        return (rest * (value < 10 ? 10 : 100) + value) % 97;
    }

    private static Map<String, Integer> lengths(String table) {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : table.split("\\s+")) {
            lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
        return Map.copyOf(lengths);
    }
}
