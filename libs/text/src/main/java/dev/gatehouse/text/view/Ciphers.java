package dev.gatehouse.text.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Letter ciphers over a whole text: Caesar shifts (ROT13 is one), Atbash, reversal, and the spelling alphabet. Recognised by frequent words as they look enciphered,
 * so that a plain text costs one table look-up a word and no deciphering.
 */
final class Ciphers {

    private static final int ATBASH = 26;
    private static final int REVERSED = 27;
    private static final int SPELLED = 28;
    private static final int CIPHERS = 29;
    /** Different frequent words that must occur, and one more for so many that occur in plain. */
    private static final int ENOUGH = 2;
    private static final int PLAIN_PER_HIT = 12;
    private static final int LONGEST_WORD = 12;
    private static final String FREQUENT = "the and you your that this with all for are not what how can tell ignore system prompt password "
            + "instructions instruction previous please write user from have will above forget answer following which "
            + "und die der ich nicht das mir ist auf den los las del que para una les des pour est sur dans non che per";
    private static final WordCodes CODES = codes();

    private Ciphers() {
    }

    static List<Payload> find(String text) {
        long[] seen = seen(text);
        int enough = ENOUGH + Long.bitCount(seen[0]) / PLAIN_PER_HIT;
        List<Payload> found = new ArrayList<>();
        if (Long.bitCount(seen[SPELLED]) >= SpellingAlphabet.ENOUGH) {
            found.add(new Payload(View.Kind.NATO, SpellingAlphabet.read(text)));
        }
        for (int cipher = 1; cipher < SPELLED; cipher++) {
            if (Long.bitCount(seen[cipher]) >= enough) {
                found.add(decipher(text, cipher));
            }
        }
        return found;
    }

    /** Which frequent words (one bit each) occur under which cipher; 0 is plain text. */
    private static long[] seen(String text) {
        long[] seen = new long[CIPHERS];
        long word = 0;
        int length = 0;
        for (int i = 0; i <= text.length(); i++) {
            int letter = i < text.length() ? letter(text.charAt(i)) : -1;
            if (letter >= 0) {
                word = word << 5 | (letter + 1);
                length++;
            } else if (length > 0) {
                if (length > 2 && length <= LONGEST_WORD) {
                    look(word, seen);
                }
                word = 0;
                length = 0;
            }
        }
        return seen;
    }

    private static void look(long word, long[] seen) {
        int code = CODES.of(word);
        if (code >= 0) {
            seen[code >> 6] |= 1L << (code & 63);
        }
    }

    private static int letter(char c) {
        int letter = (c | 0x20) - 'a';
        return letter >= 0 && letter < 26 && c < 128 ? letter : -1;
    }

    private static WordCodes codes() {
        String[] words = FREQUENT.split(" ");
        WordCodes codes = new WordCodes(8192);
        for (int i = 0; i < SpellingAlphabet.WORDS.size(); i++) {
            codes.put(pack(SpellingAlphabet.WORDS.get(i)), SPELLED << 6 | i);
        }
        for (int cipher = REVERSED; cipher >= 0; cipher--) {
            for (int word = 0; word < words.length; word++) {
                codes.put(pack(encipher(words[word], cipher)), cipher << 6 | word);
            }
        }
        return codes;
    }

    private static long pack(String word) {
        return word.chars().mapToLong(c -> c - 'a' + 1).reduce(0, (packed, letter) -> packed << 5 | letter);
    }

    private static String encipher(String word, int cipher) {
        return cipher == 0 ? word : cipher == REVERSED ? new StringBuilder(word).reverse().toString() : shifted(word, cipher, 1);
    }

    private static Payload decipher(String text, int cipher) {
        if (cipher == REVERSED) {
            return new Payload(View.Kind.REVERSED, new MappedText(backwards(text), new OffsetMap.Backwards(text.length())));
        }
        View.Kind kind = cipher == ATBASH ? View.Kind.ATBASH : View.Kind.CAESAR;
        return new Payload(kind, new MappedText(shifted(text, cipher, -1), OffsetMap.IDENTITY));
    }

    /** UTF-16 units backwards, so that offsets stay exact; a pair's halves are swapped, which no detector reads. */
    private static String backwards(String text) {
        char[] chars = new char[text.length()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = text.charAt(chars.length - 1 - i);
        }
        return new String(chars);
    }

    private static String shifted(String text, int cipher, int direction) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            int letter = letter(chars[i]);
            if (letter >= 0) {
                int plain = cipher == ATBASH ? 25 - letter : Math.floorMod(letter + direction * cipher, 26);
                chars[i] = (char) (chars[i] - letter + plain);
            }
        }
        return new String(chars);
    }
}
