package dev.gatehouse.tokens;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Width and height of an image in pixels, from its first bytes: PNG, JPEG, GIF, WebP.
 */
record ImageSize(int width, int height) {

    private static final int PNG = 0x89504e47;
    private static final int GIF = 0x47494638;
    private static final int RIFF = 0x52494646;
    private static final int LEAST = 30;

    static Optional<ImageSize> of(byte[] start) {
        if (start.length < LEAST) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(start);
        Optional<ImageSize> size = switch (bytes.getInt(0)) {
            case PNG -> Optional.of(new ImageSize(bytes.getInt(16), bytes.getInt(20)));
            case GIF -> Optional.of(new ImageSize(little(bytes, 6), little(bytes, 8)));
            case RIFF -> webp(bytes);
            default -> start[0] == (byte) 0xff && start[1] == (byte) 0xd8 ? jpeg(bytes) : Optional.empty();
        };
        return size.filter(found -> found.width > 0 && found.height > 0);
    }

    private static int little(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getShort(at));
    }

    /** Three layouts (RFC 9649): lossy, lossless, extended. */
    private static Optional<ImageSize> webp(ByteBuffer bytes) {
        return switch ((char) bytes.get(15)) {
            case ' ' -> Optional.of(new ImageSize(little(bytes, 26) & 0x3fff, little(bytes, 28) & 0x3fff));
            case 'L' -> lossless(little(bytes, 21) | little(bytes, 23) << 16);
            case 'X' -> Optional.of(new ImageSize(1 + three(bytes, 24), 1 + three(bytes, 27)));
            default -> Optional.empty();
        };
    }

    private static Optional<ImageSize> lossless(int bits) {
        return Optional.of(new ImageSize(1 + (bits & 0x3fff), 1 + (bits >>> 14 & 0x3fff)));
    }

    private static int three(ByteBuffer bytes, int at) {
        return little(bytes, at) | Byte.toUnsignedInt(bytes.get(at + 2)) << 16;
    }

    /** Walks the segments to the one that begins the frame (SOF0 to SOF15, but for DHT, JPG, DAC). */
    private static Optional<ImageSize> jpeg(ByteBuffer bytes) {
        int at = 2;
        while (at + 9 < bytes.limit() && bytes.get(at) == (byte) 0xff) {
            int marker = Byte.toUnsignedInt(bytes.get(at + 1));
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                int height = Short.toUnsignedInt(bytes.getShort(at + 5));
                return Optional.of(new ImageSize(Short.toUnsignedInt(bytes.getShort(at + 7)), height));
            }
            at += 2 + Math.max(2, Short.toUnsignedInt(bytes.getShort(at + 2)));
        }
        return Optional.empty();
    }

    /** Made smaller, never larger, so that both sides fit. */
    ImageSize within(double longSide, double shortSide) {
        double longNow = Math.max(width, height);
        double shortNow = Math.min(width, height);
        double factor = Math.min(1, Math.min(longSide / longNow, shortSide / shortNow));
        return new ImageSize((int) Math.max(1, width * factor), (int) Math.max(1, height * factor));
    }

    /** How many squares of that side cover it. */
    long tiles(int side) {
        return Math.ceilDiv(width, side) * (long) Math.ceilDiv(height, side);
    }

    long pixels() {
        return (long) width * height;
    }
}
