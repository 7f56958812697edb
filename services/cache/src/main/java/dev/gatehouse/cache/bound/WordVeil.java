package dev.gatehouse.cache.bound;

import dev.gatehouse.exchange.KeyedHash;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret permutation of the hashes of words: a plain hash of a word can be guessed. Four rounds of a Feistel network over 32 bits, with AES under a
 * key of the service's secret as the function of a round (Luby and Rackoff, 1988). Equal secrets, equal permutations. For one thread.
 */
final class WordVeil {

    private static final int ROUNDS = 4;
    private static final int HALF = 16;
    private static final int MASK = 0xffff;

    private final Cipher cipher;
    private final byte[] block = new byte[16];

    WordVeil(KeyedHash hash) {
        byte[] key = HexFormat.of().parseHex(hash.hexOfParts(List.of("cache", "words")));
        try {
            // Single blocks, as a function of a number: no mode hides anything here.
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    int veiled(int word) {
        int left = word >>> HALF;
        int right = word & MASK;
        for (int round = 0; round < ROUNDS; round++) {
            int next = left ^ mixed(round, right);
            left = right;
            right = next;
        }
        return left << HALF | right;
    }

    int unveiled(int word) {
        int left = word >>> HALF;
        int right = word & MASK;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            int before = right ^ mixed(round, left);
            right = left;
            left = before;
        }
        return left << HALF | right;
    }

    private int mixed(int round, int half) {
        ByteBuffer.wrap(block).putInt(round).putInt(half);
        try {
            return ByteBuffer.wrap(cipher.doFinal(block)).getShort() & MASK;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a block has the size of a block", e);
        }
    }
}
