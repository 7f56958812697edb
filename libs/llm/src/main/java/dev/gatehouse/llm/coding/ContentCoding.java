package dev.gatehouse.llm.coding;

import dev.gatehouse.llm.coding.UndecodableBody.Reason;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** Undoes content codings within bounds of size and ratio, so that a small body cannot become a huge one (CWE-409). */
public final class ContentCoding {

    private static final int MAX_CODINGS = 3;
    private static final Set<String> KNOWN = Set.of("gzip", "x-gzip", "deflate", "br", "zstd");
    /** Below this many bytes no ratio is judged: short texts of one character are dense by nature. */
    static final int RATIO_FREE_BYTES = 64 * 1024;

    private final long maxBytes;
    private final long maxRatio;

    private ContentCoding(long maxBytes, long maxRatio) {
        this.maxBytes = maxBytes;
        this.maxRatio = maxRatio;
    }

    /** Whether a {@code content-encoding} field names any coding at all. */
    public static boolean isEncoded(String contentEncoding) {
        return !codings(contentEncoding).isEmpty();
    }

    /** Whether all codings that the field names can be undone. */
    public static boolean isKnown(String contentEncoding) {
        List<String> codings = codings(contentEncoding);
        return codings.size() <= MAX_CODINGS && KNOWN.containsAll(codings);
    }

    /**
     * The body without its codings.
     *
     * @param contentEncoding the {@code content-encoding} field; codings in the order they were applied, e.g. {@code gzip, br}
     * @param maxBytes        most bytes that any step may give
     * @param maxRatio        most bytes that may come from each byte of {@code encoded}, over all steps
     */
    public static byte[] decode(String contentEncoding, byte[] encoded, int maxBytes, int maxRatio) throws UndecodableBody {
        List<String> codings = codings(contentEncoding);
        if (codings.size() > MAX_CODINGS) {
            throw new UndecodableBody(Reason.UNKNOWN_CODING);
        }
        ContentCoding bounds = new ContentCoding(maxBytes, (long) encoded.length * maxRatio);
        byte[] body = encoded;
        for (String coding : codings.reversed()) {
            body = bounds.decodeOne(coding, body);
        }
        return body;
    }

    private static List<String> codings(String contentEncoding) {
        return Arrays.stream(contentEncoding.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .toList();
    }

    /** The coding, or an empty string for several of them. */
    static String onlyCoding(String contentEncoding) {
        List<String> codings = codings(contentEncoding);
        return codings.size() == 1 ? codings.getFirst() : "";
    }

    private byte[] decodeOne(String coding, byte[] body) throws UndecodableBody {
        InputStream source = new ByteArrayInputStream(body);
        try (InputStream in = open(coding, body, source)) {
            byte[] plain = readAll(in);
            if (source.available() > 0 || in instanceof Inflating inflating && inflating.leavesBytes()) {
                throw new UndecodableBody(Reason.CORRUPT);
            }
            return plain;
        } catch (IOException | MalformedInputException | IndexOutOfBoundsException | IllegalStateException corrupt) {
            throw new UndecodableBody(Reason.CORRUPT);
        }
    }

    private static InputStream open(String coding, byte[] body, InputStream in) throws IOException, UndecodableBody {
        return switch (coding) {
            case "gzip", "x-gzip" -> new Gzipped(in);
            case "deflate" -> new Deflated(in, new Inflater(!hasZlibHeader(body)));
            case "br" -> new BrotliInputStream(in);
            case "zstd" -> new ZstdInputStream(in);
            default -> throw new UndecodableBody(Reason.UNKNOWN_CODING);
        };
    }

    /** RFC 9110 says zlib, some clients send raw deflate. */
    static boolean hasZlibHeader(byte[] body) {
        return body.length > 1 && (body[0] & 0x0f) == 8 && ((body[0] & 0xff) << 8 | body[1] & 0xff) % 31 == 0;
    }

    private byte[] readAll(InputStream in) throws IOException, UndecodableBody {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] window = new byte[8192];
        for (int read = in.read(window); read >= 0; read = in.read(window)) {
            out.write(window, 0, read);
            check(out.size());
        }
        return out.toByteArray();
    }

    private void check(long size) throws UndecodableBody {
        if (size > maxBytes) {
            throw new UndecodableBody(Reason.TOO_LARGE);
        }
        if (size > RATIO_FREE_BYTES && size > maxRatio) {
            throw new UndecodableBody(Reason.TOO_DENSE);
        }
    }

    /** Bytes after the end would be sent on unread, and another decoder may read them. */
    private interface Inflating {
        boolean leavesBytes();
    }

    /** {@link GZIPInputStream} reads further members, and passes over what is none. */
    private static final class Gzipped extends GZIPInputStream implements Inflating {

        private static final int TRAILER_BYTES = 8;

        Gzipped(InputStream in) throws IOException {
            super(in);
        }

        @Override
        public boolean leavesBytes() {
            return inf.getRemaining() > TRAILER_BYTES;
        }
    }

    /** Frees its inflater, which {@link InflaterInputStream} does only for its own. */
    private static final class Deflated extends InflaterInputStream implements Inflating {
        Deflated(InputStream in, Inflater inflater) {
            super(in, inflater);
        }

        @Override
        public boolean leavesBytes() {
            return inf.getRemaining() > 0;
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }
}
