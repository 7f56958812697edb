package dev.gatehouse.cache.answer;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.synthetic.Thinking;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * {@link StoredAnswer} as bytes: a version, whether the rest is compressed, the fields. Strings have their length before them, in bytes of
 * UTF-8; numbers that may be absent are one higher, and 0 where they are.
 */
final class AnswerCodec {

    private static final byte VERSION = 2;
    /** Below, compressing saves less than it costs. */
    private static final int COMPRESSED_FROM = 256;
    /** What no answer is larger than; a value that says so is damaged. */
    private static final int MAX_BYTES = 128 << 20;

    private AnswerCodec() {}

    static byte[] encode(StoredAnswer answer) {
        long chars = answer.texts().stream().mapToLong(String::length).sum() + answer.thinking().map(thinking -> thinking.text().length()).orElse(0);
        boolean compressed = chars >= COMPRESSED_FROM;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(VERSION);
        bytes.write(compressed ? 1 : 0);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (OutputStream out = compressed ? new DeflaterOutputStream(bytes, deflater) : bytes) {
            write(new DataOutputStream(out), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, StoredAnswer answer) throws IOException {
        string(out, answer.format().name());
        out.writeBoolean(answer.streamed());
        string(out, answer.model());
        optional(out, answer.stopSequence());
        optional(out, answer.thinking().map(thinking -> String.join(" ", thinking.fields())));
        optional(out, answer.thinking().map(Thinking::text));
        optional(out, answer.riskVerdict());
        usage(out, answer.usage());
        out.writeInt(answer.texts().size());
        for (String text : answer.texts()) {
            string(out, text);
        }
        out.flush();
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static void optional(DataOutputStream out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        string(out, text.orElse(""));
    }

    private static void usage(DataOutputStream out, Usage usage) throws IOException {
        for (OptionalLong number : List.of(usage.input(), usage.output(), usage.cacheRead(), usage.cacheWrite(), usage.reasoning(),
                usage.audioInput(), usage.audioOutput())) {
            out.writeLong(number.isPresent() ? number.getAsLong() + 1 : 0);
        }
    }

    static Optional<StoredAnswer> decode(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != VERSION) {
            return Optional.empty();
        }
        InputStream in = new ByteArrayInputStream(bytes, 2, bytes.length - 2);
        try (DataInputStream fields = new DataInputStream(bytes[1] == 1 ? inflating(in) : in)) {
            return Optional.of(read(fields));
        } catch (IOException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static InputStream inflating(InputStream in) {
        return new InflaterInputStream(in, new Inflater(true)) {
            @Override
            public void close() throws IOException {
                inf.end();
                super.close();
            }
        };
    }

    private static StoredAnswer read(DataInputStream in) throws IOException {
        Format format = Format.valueOf(string(in));
        boolean streamed = in.readBoolean();
        String model = string(in);
        Optional<String> stopSequence = optional(in);
        Optional<String> thinkingFields = optional(in);
        Optional<String> thoughts = optional(in);
        Optional<String> riskVerdict = optional(in);
        Usage usage = usage(in);
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(string(in));
        }
        if (in.read() >= 0) {
            throw new IOException("more follows");
        }
        return new StoredAnswer(format, streamed, model, texts, thinkingFields.map(fields -> new Thinking(List.of(fields.split(" ")), thoughts.orElse(""))), stopSequence, usage, riskVerdict);
    }

    private static String string(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("a length is impossible");
        }
        byte[] utf8 = in.readNBytes(length);
        if (utf8.length < length) {
            throw new IOException("it is cut");
        }
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static Optional<String> optional(DataInputStream in) throws IOException {
        boolean present = in.readBoolean();
        String text = string(in);
        return present ? Optional.of(text) : Optional.empty();
    }

    private static Usage usage(DataInputStream in) throws IOException {
        return new Usage(number(in), number(in), number(in), number(in), number(in), number(in), number(in));
    }

    private static OptionalLong number(DataInputStream in) throws IOException {
        long number = in.readLong();
        return number == 0 ? OptionalLong.empty() : OptionalLong.of(number - 1);
    }
}
