package dev.gatehouse.text.leak;

import dev.gatehouse.text.pattern.WordList;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.StreamingDetector;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Finds marks that were planted where no answer has reason to quote from: as they are, ignoring case, backwards, shifted by ROT13, in
 * hexadecimal and inside base64. Immutable.
 */
public final class Canaries implements StreamingDetector {

    private static final int SHORTEST_PIECE = 8;
    private static final int DERIVED_BYTES = 12;

    private final WordList forms;

    /** @param tokens at least one, each of at least 8 characters */
    public Canaries(List<String> tokens) {
        Set<String> all = new LinkedHashSet<>();
        tokens.forEach(token -> all.addAll(forms(token.strip())));
        forms = new WordList("canary", "canary", List.copyOf(all), new WordList.Matching(false, false));
    }

    /**
     * A mark that only the holder of a key can tell, the same for one conversation each time: what to plant in its system text.
     *
     * @param key          of the service
     * @param conversation what tells the conversation from others
     */
    public static String derived(byte[] key, String conversation) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] hash = mac.doFinal(("canary\0" + conversation).getBytes(StandardCharsets.UTF_8));
            return "ref-" + HexFormat.of().formatHex(hash, 0, DERIVED_BYTES);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java has HmacSHA256", absent);
        }
    }

    @Override
    public DetectorStream open() {
        return forms.open();
    }

    private static List<String> forms(String token) {
        if (token.length() < SHORTEST_PIECE) {
            throw new IllegalArgumentException("a canary token has fewer than " + SHORTEST_PIECE + " characters");
        }
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        List<String> forms = new ArrayList<>(List.of(token, new StringBuilder(token).reverse().toString(), rot13(token),
                HexFormat.of().formatHex(bytes)));
        for (int shift = 0; shift < 3; shift++) {
            forms.add(inBase64(bytes, shift));
        }
        return forms;
    }

    /** What of base64 does not depend on the bytes before and after, where the token begins at a byte of this number modulo 3. */
    private static String inBase64(byte[] bytes, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = (shift * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return encoded.substring(from, to);
    }

    private static String rot13(String token) {
        char[] chars = token.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            char letter = (char) (chars[i] | 0x20);
            boolean shifts = chars[i] < 128 && letter >= 'a' && letter <= 'z';
            chars[i] += (char) (!shifts ? 0 : letter < 'n' ? 13 : -13);
        }
        return new String(chars);
    }

    /** Shows nothing of the tokens. */
    @Override
    public String toString() {
        return "Canaries";
    }
}
