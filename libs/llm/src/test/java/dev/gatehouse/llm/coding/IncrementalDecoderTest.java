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
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class IncrementalDecoderTest {

    private static final byte[] TEXT = "data: {\"choices\":[{\"delta\":{\"content\":\"hello hello\"}}]}\n\n".repeat(5).getBytes(StandardCharsets.UTF_8);

    private interface Encoder {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] encode(Encoder encoder, byte[]... members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] member : members) {
            OutputStream encoding = encoder.over(out);
            encoding.write(member);
            encoding.close();
        }
        return out.toByteArray();
    }

    private static byte[] decode(String coding, byte[]... chunks) throws UndecodableBody {
        IncrementalDecoder decoder = IncrementalDecoder.of(coding, 1_000_000, 100);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] chunk : chunks) {
            out.writeBytes(decoder.feed(chunk));
        }
        out.writeBytes(decoder.end());
        return out.toByteArray();
    }

    private static Reason refused(String coding, byte[]... chunks) {
        return catchThrowableOfType(UndecodableBody.class, () -> decode(coding, chunks)).reason();
    }

    private static void assertDecodesAtEverySplit(String coding, byte[] encoded, byte[] expected) throws Exception {
        for (int at = 0; at <= encoded.length; at++) {
            assertThat(decode(coding, Arrays.copyOf(encoded, at), Arrays.copyOfRange(encoded, at, encoded.length))).as(coding + " at " + at).isEqualTo(expected);
        }
        byte[][] bytes = new byte[encoded.length][];
        Arrays.setAll(bytes, i -> new byte[] {encoded[i]});
        assertThat(decode(coding, bytes)).isEqualTo(expected);
    }

    @Test
    void everyCodingIsUndoneWhereverTheBodyIsSplit() throws Exception {
        assertDecodesAtEverySplit("", TEXT, TEXT);
        assertDecodesAtEverySplit("gzip", encode(GZIPOutputStream::new, TEXT), TEXT);
        assertDecodesAtEverySplit("deflate", encode(DeflaterOutputStream::new, TEXT), TEXT);
        assertDecodesAtEverySplit("deflate", encode(out -> new DeflaterOutputStream(out, new Deflater(6, true)), TEXT), TEXT);
        assertDecodesAtEverySplit("zstd", encode(ZstdOutputStream::new, TEXT), TEXT);
        byte[] brotli = HexFormat.of().parseHex("1bef00f88d946ede44558696206c6f35cb62b5400654db03");
        assertDecodesAtEverySplit("br", brotli, "hello world ".repeat(20).getBytes(StandardCharsets.UTF_8));
        assertDecodesAtEverySplit("deflate, gzip", encode(GZIPOutputStream::new, encode(DeflaterOutputStream::new, TEXT)), TEXT);
    }

    @Test
    void aLongBodyIsTheSameInPiecesOfAnySize() throws Exception {
        byte[] text = "data: {\"choices\":[{\"delta\":{\"content\":\"Gr\u00fc\u00dfe\"}}]}\n\n".repeat(400).getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> wires = Map.of("gzip", encode(GZIPOutputStream::new, text), "deflate", encode(DeflaterOutputStream::new, text),
                "zstd", encode(ZstdOutputStream::new, text), "gzip, deflate", encode(DeflaterOutputStream::new, encode(GZIPOutputStream::new, text)));
        for (Map.Entry<String, byte[]> wire : wires.entrySet()) {
            for (int size : new int[] {2, 7, 100, 5000, 100_000}) {
                assertThat(decode(wire.getKey(), pieces(wire.getValue(), size))).as(wire.getKey() + " by " + size).isEqualTo(text);
            }
        }
    }

    private static byte[][] pieces(byte[] bytes, int size) {
        byte[][] pieces = new byte[Math.ceilDiv(bytes.length, size)][];
        Arrays.setAll(pieces, i -> Arrays.copyOfRange(bytes, i * size, Math.min(bytes.length, (i + 1) * size)));
        return pieces;
    }

    @Test
    void whatGivesNothingBeforeItsEndSaysSo() throws Exception {
        for (String coding : new String[] {"", "gzip", "deflate", "br", "zstd"}) {
            IncrementalDecoder decoder = IncrementalDecoder.of(coding, 1000, 100);
            assertThat(decoder.isCollecting()).isFalse();
            decoder.feed(coding.equals("gzip") ? new byte[] {0x1f} : new byte[] {0x78});
            assertThat(decoder.isCollecting()).as(coding).isEqualTo(coding.equals("br") || coding.equals("zstd"));
            decoder.close();
        }
    }

    @Test
    void furtherMembersAndAllFieldsOfTheHeaderAreRead() throws Exception {
        byte[] two = encode(GZIPOutputStream::new, TEXT, TEXT);
        assertThat(decode("gzip", two)).hasSize(2 * TEXT.length);
        byte[] plain = encode(GZIPOutputStream::new, TEXT);
        ByteArrayOutputStream full = new ByteArrayOutputStream();
        full.write(new byte[] {0x1f, (byte) 0x8b, 8, 4 + 8 + 16 + 2, 0, 0, 0, 0, 0, 0, 3, 0, 'x', 0, 'y', 'n', 0, 'c', 'c', 0, 1, 2});
        full.write(plain, 10, plain.length - 10);
        assertDecodesAtEverySplit("gzip", full.toByteArray(), TEXT);
    }

    @Test
    void whatWasFlushedComesOutAtOnce() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GZIPOutputStream gzip = new GZIPOutputStream(out, 512, true);
        IncrementalDecoder decoder = IncrementalDecoder.of("gzip", 1000, 100);
        for (String event : new String[] {"data: one\n\n", "data: two\n\n"}) {
            gzip.write(event.getBytes(StandardCharsets.UTF_8));
            gzip.flush();
            assertThat(decoder.feed(out.toByteArray())).asString(StandardCharsets.UTF_8).isEqualTo(event);
            out.reset();
        }
        decoder.close();
    }

    @Test
    void damagedAndCutBodiesAreRefused() throws Exception {
        byte[] gzip = encode(GZIPOutputStream::new, TEXT);
        for (int at = 0; at < gzip.length; at++) {
            assertThat(refused("gzip", Arrays.copyOf(gzip, Math.max(1, at)))).isEqualTo(Reason.CORRUPT);
        }
        for (int at = gzip.length - 8; at < gzip.length; at++) {
            byte[] damaged = gzip.clone();
            damaged[at] ^= 1;
            assertThat(refused("gzip", damaged)).isEqualTo(Reason.CORRUPT);
        }
        assertThat(refused("gzip", TEXT)).isEqualTo(Reason.CORRUPT);
        assertThat(refused("gzip", gzip, TEXT)).isEqualTo(Reason.CORRUPT);
        assertThat(refused("deflate", encode(DeflaterOutputStream::new, TEXT), new byte[1])).isEqualTo(Reason.CORRUPT);
        assertThat(refused("snappy", TEXT)).isEqualTo(Reason.UNKNOWN_CODING);
    }

    @Test
    void aBombIsStoppedAndACollectedBodyHasItsBound() throws Exception {
        assertThat(refused("gzip", encode(GZIPOutputStream::new, new byte[900_000]))).isEqualTo(Reason.TOO_DENSE);
        assertThat(refused("br", new byte[600_000], new byte[600_000])).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void anEmptyBodyIsEmptyInEveryCoding() throws Exception {
        for (String coding : new String[] {"", "gzip", "deflate", "br", "zstd", "snappy"}) {
            assertThat(decode(coding)).isEmpty();
        }
    }
}
