package dev.gatehouse.cache.tier;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an entry holds. Compared by identity of its answer.
 *
 * @param created      when it was stored
 * @param freshUntil   until when it is fresh
 * @param asked        the question whose answer it is
 * @param placeholders of the guard in the answer
 * @param answer       the answer, in its own form
 */
public record Kept(Instant created, Instant freshUntil, String asked, Set<String> placeholders, byte[] answer) {

    private static final byte VERSION = 1;

    /** Since it was stored. */
    public Duration age(Instant now) {
        Duration age = Duration.between(created, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    boolean isStale(Instant now) {
        return now.isAfter(freshUntil);
    }

    /** Whether it may answer a question: it holds no placeholder that the asker lacks, and is not older than wanted. */
    boolean fits(Question question, Instant now) {
        return question.placeholders().containsAll(placeholders) && question.maxAge().filter(max -> age(now).compareTo(max) > 0).isEmpty();
    }

    byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(created.toEpochMilli());
            out.writeLong(freshUntil.toEpochMilli());
            write(out, asked.getBytes(StandardCharsets.UTF_8));
            out.writeInt(placeholders.size());
            for (String placeholder : placeholders) {
                out.writeUTF(placeholder);
            }
            out.write(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Empty for another version's. */
    static Optional<Kept> decoded(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() == VERSION ? read(in) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Kept> read(DataInputStream in) throws IOException {
        Instant created = Instant.ofEpochMilli(in.readLong());
        Instant freshUntil = Instant.ofEpochMilli(in.readLong());
        String asked = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        Set<String> placeholders = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            placeholders.add(in.readUTF());
        }
        return Optional.of(new Kept(created, freshUntil, asked, placeholders, in.readAllBytes()));
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Never shows what was asked or answered. */
    @Override
    public String toString() {
        return "Kept[" + created + "]";
    }
}
