package dev.gatehouse.llm.coding;

import dev.gatehouse.llm.coding.UndecodableBody.Reason;
import java.io.ByteArrayOutputStream;

/**
 * Undoes the content coding of a body that comes in chunks. Of gzip and deflate every byte comes out as soon as it can be known; the
 * decoders of br and zstd give nothing before they have the whole, so such a body, or one with several codings, is collected and
 * comes out at its end. One decoder decodes one body.
 */
public sealed interface IncrementalDecoder permits IncrementalDecoder.Identity, Inflating, IncrementalDecoder.Collecting {

    /**
     * Takes more bytes.
     *
     * @return what is decoded by now
     */
    byte[] feed(byte[] encoded) throws UndecodableBody;

    /** The body has ended. Frees what the decoder holds; {@link #close} is for a body that is given up. */
    byte[] end() throws UndecodableBody;

    /** Whether bytes were taken of which nothing will come out before the end. */
    default boolean isCollecting() {
        return false;
    }

    /** Frees what the decoder holds. */
    default void close() {}

    /**
     * The decoder for a {@code content-encoding} field; an unknown coding is seen at {@link #end}.
     *
     * @param maxHeldBytes most bytes of a body that is collected, encoded and decoded
     * @param maxRatio     most bytes that may come from each encoded byte, beyond the first 64 KiB
     */
    static IncrementalDecoder of(String contentEncoding, int maxHeldBytes, int maxRatio) {
        if (!ContentCoding.isEncoded(contentEncoding)) {
            return new Identity();
        }
        return switch (ContentCoding.onlyCoding(contentEncoding)) {
            case "gzip", "x-gzip" -> new Inflating(true, maxRatio);
            case "deflate" -> new Inflating(false, maxRatio);
            default -> new Collecting(contentEncoding, maxHeldBytes, maxRatio);
        };
    }

    /** No coding. */
    final class Identity implements IncrementalDecoder {
        @Override
        public byte[] feed(byte[] encoded) {
            return encoded;
        }

        @Override
        public byte[] end() {
            return new byte[0];
        }
    }

    /** Decodes at the end. */
    final class Collecting implements IncrementalDecoder {

        private final String contentEncoding;
        private final int maxHeldBytes;
        private final int maxRatio;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();

        private Collecting(String contentEncoding, int maxHeldBytes, int maxRatio) {
            this.contentEncoding = contentEncoding;
            this.maxHeldBytes = maxHeldBytes;
            this.maxRatio = maxRatio;
        }

        @Override
        public byte[] feed(byte[] encoded) throws UndecodableBody {
            if (held.size() + encoded.length > maxHeldBytes) {
                throw new UndecodableBody(Reason.TOO_LARGE);
            }
            held.writeBytes(encoded);
            return new byte[0];
        }

        @Override
        public byte[] end() throws UndecodableBody {
            byte[] encoded = held.toByteArray();
            held.reset();
            return encoded.length == 0 ? encoded : ContentCoding.decode(contentEncoding, encoded, maxHeldBytes, maxRatio);
        }

        @Override
        public boolean isCollecting() {
            return held.size() > 0;
        }
    }
}
