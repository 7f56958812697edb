package dev.gatehouse.cache.answer;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Usage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An answer that ended by itself, in a form of no provider: one text.
 *
 * @param format of the protocol that it came in
 * @param model  that answered, as the provider names it
 * @param usage  as the provider said
 */
public record StoredAnswer(Format format, String model, String text, Usage usage) {

    private static final byte VERSION = 1;
    private static final long UNKNOWN = -1;

    /** The bytes that are kept. */
    public byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(format.name());
            out.writeUTF(model);
            out.writeLong(usage.input().orElse(UNKNOWN));
            out.writeLong(usage.output().orElse(UNKNOWN));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Empty for bytes of another version, and for what is none. */
    public static Optional<StoredAnswer> decoded(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() == VERSION ? Optional.of(read(in)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static StoredAnswer read(DataInputStream in) throws IOException {
        Format format = Format.valueOf(in.readUTF());
        String model = in.readUTF();
        OptionalLong none = OptionalLong.empty();
        Usage usage = new Usage(known(in.readLong()), known(in.readLong()), none, none, none, none, none);
        return new StoredAnswer(format, model, new String(in.readAllBytes(), StandardCharsets.UTF_8), usage);
    }

    private static OptionalLong known(long tokens) {
        return tokens == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(tokens);
    }

    /** Never shows the text. */
    @Override
    public String toString() {
        return "StoredAnswer[" + format + ", " + text.length() + " chars]";
    }
}
