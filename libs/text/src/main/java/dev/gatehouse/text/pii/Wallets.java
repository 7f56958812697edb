package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** Recognises wallet addresses by their checksums; an Ethereum address in one case has none and is told by its form. */
final class Wallets {

    private static final double CHECKED = 0.97;
    private static final double FORM_ONLY = 0.8;
    private static final int ETHEREUM = 42;
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] BECH32_GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32M = 0x2bc830a3;
    /** Version bytes: Bitcoin 0 and 5, Litecoin 0x30 and 0x32, Dogecoin 0x1e and 0x16, Dash 0x4c and 0x10, TRON 0x41. */
    private static final Set<Integer> VERSIONS = Set.of(0x00, 0x05, 0x30, 0x32, 0x1e, 0x16, 0x4c, 0x10, 0x41);
    private static final BigInteger FIFTY_EIGHT = BigInteger.valueOf(58);

    void find(GrowingText text, Seeds seeds, int word, Findings findings) {
        int start = seeds.wordStarts.get(word);
        int end = seeds.wordEnd(word);
        if (end - start >= 26 && end - start <= 90 && Chars.at(text, start - 1) != '_' && Chars.at(text, end) != '_') {
            findings.propose(Entity.CRYPTO, score(text.substring(start, end)), start, end);
        }
    }

    private static double score(String word) {
        if (word.length() == ETHEREUM && word.startsWith("0x")) {
            return ethereum(word.substring(2));
        }
        boolean checked = word.length() <= 36 ? base58(word) || bech32(word) : bech32(word);
        return checked ? CHECKED : 0;
    }

    /** EIP-55: where the case is mixed, a letter is upper where the hash of the lower-case address has a nibble of 8 and up. */
    private static double ethereum(String hex) {
        String lower = hex.toLowerCase(Locale.ROOT);
        if (!hex.chars().allMatch(c -> Chars.isHex((char) c)) || Checksums.uniform(lower)) {
            return 0;
        }
        if (hex.equals(lower) || hex.equals(hex.toUpperCase(Locale.ROOT))) {
            return FORM_ONLY;
        }
        String hash = HexFormat.of().formatHex(Keccak256.digest(lower.getBytes(StandardCharsets.US_ASCII)));
        for (int i = 0; i < hex.length(); i++) {
            boolean upper = Chars.isUpper(hex.charAt(i));
            if (Chars.isLetter(hex.charAt(i)) && upper != hash.charAt(i) >= '8') {
                return 0;
            }
        }
        return CHECKED;
    }

    /** A version, 20 bytes and the first four bytes of their double SHA-256, in Base58. */
    private static boolean base58(String word) {
        if ("13LMDA9X7T".indexOf(word.charAt(0)) < 0) {
            return false;
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < word.length(); i++) {
            int value = BASE58.indexOf(word.charAt(i));
            if (value < 0) {
                return false;
            }
            number = number.multiply(FIFTY_EIGHT).add(BigInteger.valueOf(value));
        }
        return number.bitLength() <= 200 && VERSIONS.contains(number.shiftRight(192).intValue()) && checked(bytes(number));
    }

    private static byte[] bytes(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] bytes = new byte[25];
        int length = Math.min(signed.length, bytes.length);
        System.arraycopy(signed, signed.length - length, bytes, bytes.length - length, length);
        return bytes;
    }

    private static boolean checked(byte[] bytes) {
        byte[] hash = sha256(sha256(Arrays.copyOf(bytes, 21)));
        return Arrays.equals(hash, 0, 4, bytes, 21, 25);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java has SHA-256", absent);
        }
    }

    /** BIP 173 and 350 for the networks {@code bc}, {@code tb} and {@code ltc}. */
    private static boolean bech32(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        int one = lower.indexOf('1');
        boolean oneCase = word.equals(lower) || word.equals(word.toUpperCase(Locale.ROOT));
        if (!oneCase || one < 2 || !Set.of("bc", "tb", "ltc").contains(lower.substring(0, one))) {
            return false;
        }
        int sum = 1;
        for (int i = 0; i < one; i++) {
            sum = step(sum, lower.charAt(i) >> 5);
        }
        sum = step(sum, 0);
        for (int i = 0; i < one; i++) {
            sum = step(sum, lower.charAt(i) & 31);
        }
        for (int i = one + 1; i < lower.length(); i++) {
            int value = BECH32.indexOf(lower.charAt(i));
            if (value < 0) {
                return false;
            }
            sum = step(sum, value);
        }
        return sum == 1 || sum == BECH32M;
    }

    private static int step(int sum, int value) {
        int next = (sum & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < BECH32_GENERATOR.length; i++) {
            next ^= (sum >> 25 + i & 1) == 1 ? BECH32_GENERATOR[i] : 0;
        }
        return next;
    }
}
