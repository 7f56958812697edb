package dev.gatehouse.text.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Tests that the characters of a token agree with each other. A token that passes is certain; one that fails may still be one that
 * was mistyped or cut, so its score falls but it is reported.
 */
public enum TokenCheck {

    /**
     * The last six characters are the base-62 CRC-32 of those between prefix and them (GitHub's tokens since 2021, npm's too;
     * github.blog, "Behind GitHub's new authentication token formats").
     */
    CRC32 {
        @Override
        boolean passes(String token) {
            int body = token.lastIndexOf('_') + 1;
            int sum = token.length() - CHECKSUM;
            return sum > body && base62(crc(token.substring(body, sum))).equals(token.substring(sum));
        }
    },

    /** The part before the first dot is base64url of a JSON object with {@code alg} (RFC 7515, section 4.1.1). */
    JOSE_HEADER {
        @Override
        boolean passes(String token) {
            int dot = token.indexOf('.');
            return dot > 0 && decode(token.substring(0, dot)).contains("\"alg\"");
        }
    },

    /** Base64 of user and password with a colon between (RFC 7617, section 2); what does not decode so is a word. */
    BASIC_PAIR {
        @Override
        boolean passes(String token) {
            return decode(token.replace('+', '-').replace('/', '_')).chars().filter(c -> c < ' ' || c == ':').limit(2)
                    .boxed().toList().equals(List.of((int) ':'));
        }

        @Override
        boolean decides() {
            return true;
        }
    };

    private static final int CHECKSUM = 6;
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    abstract boolean passes(String token);

    /** Whether a value that fails is no secret at all. */
    boolean decides() {
        return false;
    }

    /** The check's name in a rule file: lower case with hyphens. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long crc(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }

    private static String base62(long value) {
        StringBuilder digits = new StringBuilder();
        for (long rest = value; digits.length() < CHECKSUM; rest /= BASE62.length()) {
            digits.append(BASE62.charAt((int) (rest % BASE62.length())));
        }
        return digits.reverse().toString();
    }

    private static String decode(String part) {
        try {
            return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
