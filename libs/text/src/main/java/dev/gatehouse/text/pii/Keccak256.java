package dev.gatehouse.text.pii;

/**
 * Keccak-256 as Ethereum uses it (the padding of Keccak's submission, not of FIPS 202, which the JDK's SHA3-256 has). One block only:
 * messages of at most {@value #RATE} - 1 bytes.
 */
final class Keccak256 {

    private static final int RATE = 136;
    private static final int[] ROTATIONS = {1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44};
    private static final int[] LANES = {10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1};
    private static final long[] ROUNDS = {
        0x0000000000000001L, 0x0000000000008082L, 0x800000000000808AL, 0x8000000080008000L, 0x000000000000808BL, 0x0000000080000001L,
        0x8000000080008081L, 0x8000000000008009L, 0x000000000000008AL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000AL,
        0x000000008000808BL, 0x800000000000008BL, 0x8000000000008089L, 0x8000000000008003L, 0x8000000000008002L, 0x8000000000000080L,
        0x000000000000800AL, 0x800000008000000AL, 0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L};

    private Keccak256() {}

    /** The digest, 32 bytes. */
    static byte[] digest(byte[] message) {
        if (message.length >= RATE) {
            throw new IllegalArgumentException("more than one block: " + message.length);
        }
        long[] state = new long[25];
        for (int i = 0; i < message.length; i++) {
            state[i / 8] ^= (message[i] & 0xFFL) << 8 * (i % 8);
        }
        state[message.length / 8] ^= 1L << 8 * (message.length % 8);
        state[(RATE - 1) / 8] ^= 0x80L << 56;
        for (long round : ROUNDS) {
            permute(state, round);
        }
        byte[] digest = new byte[32];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) (state[i / 8] >>> 8 * (i % 8));
        }
        return digest;
    }

    private static void permute(long[] state, long round) {
        theta(state);
        long moving = state[1];
        for (int i = 0; i < LANES.length; i++) {
            long next = state[LANES[i]];
            state[LANES[i]] = Long.rotateLeft(moving, ROTATIONS[i]);
            moving = next;
        }
        chi(state);
        state[0] ^= round;
    }

    private static void theta(long[] state) {
        long[] parity = new long[5];
        for (int i = 0; i < 25; i++) {
            parity[i % 5] ^= state[i];
        }
        for (int i = 0; i < 25; i++) {
            state[i] ^= parity[(i + 4) % 5] ^ Long.rotateLeft(parity[(i + 1) % 5], 1);
        }
    }

    private static void chi(long[] state) {
        for (int row = 0; row < 25; row += 5) {
            long first = state[row];
            long second = state[row + 1];
            state[row] ^= ~second & state[row + 2];
            state[row + 1] ^= ~state[row + 2] & state[row + 3];
            state[row + 2] ^= ~state[row + 3] & state[row + 4];
            state[row + 3] ^= ~state[row + 4] & first;
            state[row + 4] ^= ~first & second;
        }
    }
}
