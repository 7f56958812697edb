package dev.gatehouse.llm.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class StreamedDecodingTest {

    private static final String TEXT = "data: {\"choices\":[{\"delta\":{\"content\":\"Grüße, wörld\"}}]}\n\n".repeat(200);
    private static final int MAX = 1 << 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 5000, 100_000})
    void aBodySplitAnywhereIsTheSameText(int piece) throws Exception {
        assertThat(decode("gzip", gzip(TEXT), piece)).isEqualTo(TEXT);
        assertThat(decode("deflate", zlib(TEXT), piece)).isEqualTo(TEXT);
        assertThat(decode("zstd", zstd(TEXT), piece)).isEqualTo(TEXT);
        assertThat(decode("gzip, deflate", zlib(gzip(TEXT)), piece)).isEqualTo(TEXT);
    }

    @Test
    void whatWasFlushedIsReadBeforeTheBodyEnds() throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        GZIPOutputStream out = new GZIPOutputStream(wire, 512, true);
        try (StreamedDecoding decoding = new StreamedDecoding("gzip", MAX)) {
            out.write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            assertThat(text(decoding.feed(take(wire)))).isEqualTo("data: one\n\n");
            out.write("data: two\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            assertThat(text(decoding.feed(take(wire)))).isEqualTo("data: two\n\n");
            out.close();
            assertThat(decoding.feed(take(wire))).isEmpty();
            assertThat(decoding.end()).isEmpty();
        }
    }

    /** {@code hello} as brotli writes it uncompressed. */
    @Test
    void brotliIsReadByteForByte() throws Exception {
        byte[] brotli = Base64.getDecoder().decode("CwKAaGVsbG8D");
        assertThat(decode("br", brotli, 1)).isEqualTo("hello");
    }

    @Test
    void damagedBytesAreRefusedAndStayRefused() throws Exception {
        byte[] damaged = gzip(TEXT);
        Arrays.fill(damaged, 20, 60, (byte) 0x55);
        try (StreamedDecoding decoding = new StreamedDecoding("gzip", MAX)) {
            assertThatThrownBy(() -> decoding.feed(damaged)).isInstanceOf(UndecodableBody.class);
            assertThatThrownBy(() -> decoding.feed(new byte[] {1})).isInstanceOf(UndecodableBody.class);
        }
    }

    @Test
    void aBombIsRefused() throws Exception {
        byte[] bomb = gzip("\0".repeat(5 << 20));
        try (StreamedDecoding decoding = new StreamedDecoding("gzip", MAX)) {
            assertThatThrownBy(() -> decoding.feed(bomb)).isInstanceOf(UndecodableBody.class);
        }
    }

    @Test
    void anUnknownCodingIsRefusedAtOnce() {
        assertThatThrownBy(() -> new StreamedDecoding("lzma", MAX)).isInstanceOf(UndecodableBody.class);
    }

    private static String decode(String coding, byte[] wire, int piece) throws Exception {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (StreamedDecoding decoding = new StreamedDecoding(coding, MAX)) {
            for (int at = 0; at < wire.length; at += piece) {
                plain.writeBytes(decoding.feed(Arrays.copyOfRange(wire, at, Math.min(at + piece, wire.length))));
            }
            plain.writeBytes(decoding.end());
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    private static byte[] take(ByteArrayOutputStream wire) {
        byte[] bytes = wire.toByteArray();
        wire.reset();
        return bytes;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] zstd(String text) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStream zip = new ZstdOutputStream(out)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] zlib(String text) throws Exception {
        return zlib(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zlib(byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream zip = new DeflaterOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
