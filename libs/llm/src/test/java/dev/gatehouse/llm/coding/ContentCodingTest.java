package dev.gatehouse.llm.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.llm.coding.UndecodableBody.Reason;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {

    private static final byte[] TEXT = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello hello hello\"}]}".getBytes(StandardCharsets.UTF_8);
    /** "hello world" twenty times, by the reference encoder. */
    private static final String BROTLI = "1bef00f88d946ede44558696206c6f35cb62b5400654db03";

    private interface Encoder {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] encode(Encoder encoder, byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream encoding = encoder.over(out)) {
            encoding.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] decode(String coding, byte[] bytes) throws UndecodableBody {
        return ContentCoding.decode(coding, bytes, 1_000_000, 100);
    }

    private static Reason refused(String coding, byte[] bytes) {
        return catchThrowableOfType(UndecodableBody.class, () -> decode(coding, bytes)).reason();
    }

    @Test
    void gzipDeflateAndZstdAreDecoded() throws Exception {
        assertThat(decode("gzip", encode(GZIPOutputStream::new, TEXT))).isEqualTo(TEXT);
        assertThat(decode("X-GZIP", encode(GZIPOutputStream::new, TEXT))).isEqualTo(TEXT);
        assertThat(decode("deflate", encode(DeflaterOutputStream::new, TEXT))).isEqualTo(TEXT);
        assertThat(decode("deflate", encode(out -> new DeflaterOutputStream(out, new Deflater(6, true)), TEXT))).isEqualTo(TEXT);
        assertThat(decode("zstd", encode(ZstdOutputStream::new, TEXT))).isEqualTo(TEXT);
    }

    @Test
    void stackedCodingsAreUndoneFromTheLast() throws Exception {
        byte[] stacked = encode(ZstdOutputStream::new, encode(GZIPOutputStream::new, TEXT));
        assertThat(decode("gzip, identity, zstd", stacked)).isEqualTo(TEXT);
        assertThat(refused("gzip,gzip,gzip,gzip", stacked)).isEqualTo(Reason.UNKNOWN_CODING);
    }

    @Test
    void noCodingAndIdentityChangeNothing() throws Exception {
        assertThat(decode("", TEXT)).isSameAs(TEXT);
        assertThat(decode("identity", TEXT)).isSameAs(TEXT);
        assertThat(ContentCoding.isEncoded("identity")).isFalse();
    }

    @Test
    void aBombIsStoppedByItsRatioAndByItsSize() throws Exception {
        byte[] zeros = new byte[900_000];
        assertThat(refused("gzip", encode(GZIPOutputStream::new, zeros))).isEqualTo(Reason.TOO_DENSE);
        assertThat(refused("zstd", encode(ZstdOutputStream::new, zeros))).isEqualTo(Reason.TOO_DENSE);
        byte[] noise = new byte[1_100_000];
        new Random(1).nextBytes(noise);
        assertThat(refused("gzip", encode(GZIPOutputStream::new, noise))).isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void damagedBodiesAreRefused(String coding) {
        byte[] noise = new byte[500];
        for (int seed = 0; seed < 50; seed++) {
            new Random(seed).nextBytes(noise);
            noise[0] = (byte) (coding.equals("br") ? 0xff : noise[0]);
            assertThat(refused(coding, noise)).isIn(Reason.CORRUPT, Reason.TOO_LARGE, Reason.TOO_DENSE);
        }
    }

    @Test
    void cutBodiesAreRefused() throws Exception {
        byte[] gzip = encode(GZIPOutputStream::new, TEXT);
        byte[] zstd = encode(ZstdOutputStream::new, TEXT);
        assertThat(refused("gzip", Arrays.copyOf(gzip, gzip.length - 9))).isEqualTo(Reason.CORRUPT);
        assertThat(refused("zstd", Arrays.copyOf(zstd, zstd.length - 9))).isEqualTo(Reason.CORRUPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void bytesAfterTheEndAreRefused(String coding) throws Exception {
        byte[] encoded = encode(coding.equals("gzip") ? GZIPOutputStream::new : DeflaterOutputStream::new, TEXT);
        for (int extra : new int[] {1, 9, 100, 2_000}) {
            byte[] longer = Arrays.copyOf(encoded, encoded.length + extra);
            assertThat(refused(coding, longer)).as(coding + " and " + extra).isEqualTo(Reason.CORRUPT);
        }
    }

    @Test
    void furtherMembersOfGzipAreRead() throws Exception {
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(encode(GZIPOutputStream::new, "one ".getBytes(StandardCharsets.UTF_8)));
        two.write(encode(GZIPOutputStream::new, "two".getBytes(StandardCharsets.UTF_8)));
        assertThat(decode("gzip", two.toByteArray())).asString().isEqualTo("one two");
    }

    @Test
    void unknownCodingsAreRefused() {
        assertThat(refused("snappy", TEXT)).isEqualTo(Reason.UNKNOWN_CODING);
    }

    @Test
    void brotliIsDecoded() throws Exception {
        byte[] brotli = HexFormat.of().parseHex(BROTLI);
        assertThat(new String(decode("br", brotli), StandardCharsets.UTF_8)).isEqualTo("hello world ".repeat(20));
    }
}
