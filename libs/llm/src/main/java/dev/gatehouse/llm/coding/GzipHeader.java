package dev.gatehouse.llm.coding;

/** The header of a gzip member (RFC 1952, section 2.3). */
final class GzipHeader {

    /** More bytes are needed to tell. */
    static final int INCOMPLETE = -1;
    /** No gzip member begins like that. */
    static final int BROKEN = -2;

    private static final int FIXED = 10;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private GzipHeader() {}

    /** How long the header is with which the bytes begin. */
    static int length(byte[] bytes) {
        if (!startsLikeOne(bytes)) {
            return BROKEN;
        }
        if (bytes.length < FIXED) {
            return INCOMPLETE;
        }
        int flags = bytes[3];
        int at = FIXED;
        at = (flags & EXTRA) != 0 ? afterExtra(bytes, at) : at;
        at = (flags & NAME) != 0 ? afterZero(bytes, at) : at;
        at = (flags & COMMENT) != 0 ? afterZero(bytes, at) : at;
        at = (flags & CHECKSUM) != 0 ? after(bytes, at, 2) : at;
        return at;
    }

    private static boolean startsLikeOne(byte[] bytes) {
        return (bytes.length < 1 || bytes[0] == 0x1f) && (bytes.length < 2 || bytes[1] == (byte) 0x8b)
                && (bytes.length < 3 || bytes[2] == 8) && (bytes.length < 4 || (bytes[3] & RESERVED) == 0);
    }

    private static int after(byte[] bytes, int at, int more) {
        return at == INCOMPLETE || at + more > bytes.length ? INCOMPLETE : at + more;
    }

    private static int afterExtra(byte[] bytes, int at) {
        int lengthEnd = after(bytes, at, 2);
        return lengthEnd == INCOMPLETE ? INCOMPLETE : after(bytes, lengthEnd, bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8);
    }

    private static int afterZero(byte[] bytes, int from) {
        for (int at = from; from != INCOMPLETE && at < bytes.length; at++) {
            if (bytes[at] == 0) {
                return at + 1;
            }
        }
        return INCOMPLETE;
    }
}
