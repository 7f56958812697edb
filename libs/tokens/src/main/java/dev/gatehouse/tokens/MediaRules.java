package dev.gatehouse.tokens;

import dev.gatehouse.llm.Uninspectable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;

/**
 * What images, audio, video and files cost, by the rules that providers publish. An image of unknown size (a URL) counts as one of
 * 1024 by 1024; durations are guessed from bytes.
 *
 * <p>Sources: OpenAI "Images and vision" (tiles of 512, patches of 32), Anthropic "Vision" (pixels / 750), Gemini API "Understand and
 * count tokens" (258 a tile, 32 a second of audio, 263 a second of video).
 */
final class MediaRules {

    private static final ImageSize UNKNOWN = new ImageSize(1024, 1024);
    private static final int WAV = 0x52494646;
    /** 128 kbit/s. */
    private static final long COMPRESSED_AUDIO = 16_000;
    /** 2 Mbit/s. */
    private static final long VIDEO = 250_000;
    /** Of a PDF with text and some pictures. */
    private static final long PAGE_BYTES = 50_000;

    private MediaRules() {}

    static long tokens(ModelFamily family, String model, Medium medium) {
        return switch (medium.kind()) {
            case IMAGE -> image(family, model.toLowerCase(Locale.ROOT), medium);
            case AUDIO -> seconds(medium) * (family == ModelFamily.GEMINI ? 32 : 10);
            case VIDEO -> Math.max(1, medium.size() / VIDEO) * 263;
            case FILE -> pages(medium) * page(family);
            default -> 0;
        };
    }

    private static long image(ModelFamily family, String model, Medium medium) {
        ImageSize size = ImageSize.of(medium.start()).orElse(UNKNOWN);
        return switch (family) {
            case CLAUDE -> claude(size, 1568, 1_600);
            case CLAUDE_4_7 -> claude(size, 2576, 4_784);
            case GEMINI -> model.contains("gemini-3") ? 1_120 : gemini(size);
            case O200K, O200K_REASONING, CL100K -> openAi(model, size, medium.low());
            default -> Math.min(1_600, size.pixels() / 784 + 1);
        };
    }

    private static long claude(ImageSize size, int longSide, long most) {
        return Math.min(most, size.within(longSide, longSide).pixels() / 750 + 1);
    }

    private static long gemini(ImageSize size) {
        if (size.width() <= 384 && size.height() <= 384) {
            return 258;
        }
        int side = Math.clamp((int) (Math.min(size.width(), size.height()) / 1.5), 256, 768);
        return 258 * size.tiles(side);
    }

    private static long openAi(String model, ImageSize size, boolean low) {
        Optional<Double> patch = patchRate(model);
        if (patch.isPresent()) {
            return Math.round(Math.min(1_536, size.tiles(32)) * patch.get());
        }
        long base = base(model);
        return low ? base : base + 2 * base * size.within(2048, 2048).within(Double.MAX_VALUE, 768).tiles(512);
    }

    /** Models that count patches, and what a patch is worth to them. */
    private static Optional<Double> patchRate(String model) {
        if (model.contains("gpt-4o")) {
            return Optional.empty();
        }
        if (model.contains("nano")) {
            return Optional.of(2.46);
        }
        if (model.contains("o4-mini")) {
            return Optional.of(1.72);
        }
        return model.contains("-mini") ? Optional.of(1.62) : Optional.empty();
    }

    /** An image at low detail; a tile costs twice that. */
    private static long base(String model) {
        if (model.contains("gpt-4o-mini")) {
            return 2_833;
        }
        if (model.contains("gpt-5")) {
            return 70;
        }
        return model.startsWith("o") ? 75 : 85;
    }

    private static long seconds(Medium medium) {
        return Math.max(1, medium.size() / bytesPerSecond(medium.start()));
    }

    private static long bytesPerSecond(byte[] start) {
        boolean wav = start.length > 32 && ByteBuffer.wrap(start).getInt(0) == WAV;
        long rate = wav ? Integer.toUnsignedLong(ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(28)) : COMPRESSED_AUDIO;
        return Math.max(1_000, rate);
    }

    private static long pages(Medium medium) {
        return Math.max(1, medium.size() / PAGE_BYTES);
    }

    /** Gemini reads a page as an image; others get its text as well. */
    private static long page(ModelFamily family) {
        return family == ModelFamily.GEMINI ? 258 : 1_600;
    }
}
