package dev.gatehouse.state.seal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys that encrypt what is kept, from a Secret: one line each, {@code ID BASE64}, with 32 bytes for AES-256 and an id of 1 to 32 letters,
 * digits, {@code -}, {@code _} or {@code .}. The first encrypts, all decrypt: to rotate, put a new line first and take the old one
 * away when what it encrypted has expired. Never shows a key.
 */
public final class SealingKeys {

    private static final int KEY_BYTES = 32;

    private final Map<String, SecretKeySpec> keys;
    private final String current;

    private SealingKeys(Map<String, SecretKeySpec> keys) {
        this.keys = keys;
        this.current = keys.keySet().iterator().next();
    }

    /** @throws IllegalArgumentException for a file that does not read so; names the line, not what stands there */
    public static SealingKeys parse(String file) {
        Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
        String[] lines = file.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(keys, line.split("\\s+"), i + 1);
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the key file has no key");
        }
        return new SealingKeys(keys);
    }

    private static void add(Map<String, SecretKeySpec> keys, String[] words, int line) {
        if (words.length != 2 || !words[0].matches("[A-Za-z0-9._-]{1,32}") || keys.containsKey(words[0])) {
            throw new IllegalArgumentException("line " + line + " of the key file must be an id of its own and a key in base64");
        }
        keys.put(words[0], new SecretKeySpec(decoded(words[1], line), "AES"));
    }

    private static byte[] decoded(String base64, int line) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key in line " + line + " of the key file must be 32 bytes in base64");
        }
        return key;
    }

    /** The id of the key that encrypts. */
    byte[] currentId() {
        return current.getBytes(StandardCharsets.US_ASCII);
    }

    SecretKeySpec current() {
        return keys.get(current);
    }

    Optional<SecretKeySpec> byId(byte[] id) {
        return Optional.ofNullable(keys.get(new String(id, StandardCharsets.US_ASCII)));
    }
}
