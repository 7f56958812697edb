package dev.gatehouse.tokens;

import dev.gatehouse.llm.Uninspectable;
import dev.gatehouse.llm.Unread;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * An image, audio, video or file in a request.
 *
 * @param kind  what it is; a file that says it is an image is one
 * @param start its first bytes; empty where it is named by URL or id, or is no base64
 * @param size  all its bytes; 0 if not known
 * @param low   whether the client asks for low detail (OpenAI)
 */
record Medium(Uninspectable.Kind kind, byte[] start, long size, boolean low) {

    /** Enough for the head of a JPEG with a thumbnail; a multiple of 4. */
    private static final int HEAD = 131_072;
    private static final int SHORTEST_DATA = 64;

    static Medium of(Unread unread) {
        Optional<JsonValue> data = longest(unread.value());
        String head = data.map(value -> first(value, SHORTEST_DATA)).orElse("").toLowerCase(Locale.ROOT);
        int skipped = head.startsWith("data:") ? head.indexOf(',') + 1 : 0;
        boolean base64 = !head.isEmpty() && !head.startsWith("http") && !head.startsWith("gs:") && !head.startsWith("s3:");
        byte[] start = base64 ? decode(data.get(), skipped) : new byte[0];
        long size = base64 ? (data.get().end() - data.get().start() - skipped) * 3L / 4 : 0;
        return new Medium(kind(unread, head), start, size, unread.value().get("image_url").get("detail").string().orElse("").equals("low")
                || unread.value().get("detail").string().orElse("").equals("low"));
    }

    /** The data is the longest string of a part. */
    private static Optional<JsonValue> longest(JsonValue value) {
        Optional<JsonValue> longest = Optional.empty();
        for (JsonValue string : value.stringsAndKeys()) {
            int length = string.end() - string.start();
            if (string.is(Kind.STRING) && longest.map(so -> so.end() - so.start()).orElse(0) < length) {
                longest = Optional.of(string);
            }
        }
        return longest;
    }

    private static String first(JsonValue string, int most) {
        int length = Math.min(most, string.end() - string.start());
        return new String(string.document().bytes(), string.start(), length, StandardCharsets.ISO_8859_1);
    }

    private static byte[] decode(JsonValue string, int skipped) {
        String data = first(string, HEAD + skipped).substring(skipped).replace("\\/", "/").replace('-', '+').replace('_', '/');
        try {
            return Base64.getDecoder().decode(data.substring(0, data.length() / 4 * 4));
        } catch (IllegalArgumentException noBase64) {
            return new byte[0];
        }
    }

    private static Uninspectable.Kind kind(Unread unread, String head) {
        String type = head.startsWith("data:") ? head : mimeType(unread.value());
        if (unread.kind() != Uninspectable.Kind.FILE) {
            return unread.kind();
        }
        if (type.contains("image/")) {
            return Uninspectable.Kind.IMAGE;
        }
        if (type.contains("audio/")) {
            return Uninspectable.Kind.AUDIO;
        }
        return type.contains("video/") ? Uninspectable.Kind.VIDEO : Uninspectable.Kind.FILE;
    }

    private static String mimeType(JsonValue value) {
        return value.get("mimeType").string().or(() -> value.get("mime_type").string()).orElse("").toLowerCase(Locale.ROOT);
    }
}
