package dev.gatehouse.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 under a service's secret: what stands for a prompt, a value or an API key wherever it is kept or shown, since a plain
 * hash of these can be guessed. Thread-safe; never shows its key.
 */
public final class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY_BYTES = 16;
    private static final int SHORT_BYTES = 6;

    private final SecretKeySpec key;

    private KeyedHash(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** @param key at least 16 bytes, from a Secret that all replicas share */
    public static KeyedHash of(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException("the hash key must have at least " + MIN_KEY_BYTES + " bytes, has " + key.length);
        }
        return new KeyedHash(key.clone());
    }

    /** Under a random key: hashes agree within this process only. */
    public static KeyedHash random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new KeyedHash(key);
    }

    /** The 32 bytes of a text's hash. */
    public byte[] of(String text) {
        return mac(text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] mac(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** The whole hash, 64 hexadecimal digits. */
    public String hex(String text) {
        return HexFormat.of().formatHex(of(text));
    }

    /** The whole hash of a list of parts, each with its length before it, so that no two lists read alike. */
    public String hexOfParts(List<String> parts) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            framed.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            framed.writeBytes(bytes);
        }
        return HexFormat.of().formatHex(mac(framed.toByteArray()));
    }

    /** The first 12 hexadecimal digits, for people to compare. */
    public String shortHex(String text) {
        return HexFormat.of().formatHex(Arrays.copyOf(of(text), SHORT_BYTES));
    }
}
