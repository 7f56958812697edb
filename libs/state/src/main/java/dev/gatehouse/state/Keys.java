package dev.gatehouse.state;

import dev.gatehouse.exchange.KeyedHash;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one builder of keys, {@code gh:{tag}:feature:v1:HMAC-SHA256}. Keys of one tag, in braces, lie in one slot of a
 * Redis Cluster. The hash covers the feature and all parts, each with its length, and is never cut, so two different lists of parts never
 * share a key. An older or newer version of the format is another key and is left alone.
 */
public final class Keys {

    private static final String VERSION = "v1";
    private static final int SPREAD_DIGITS = 12;
    // Bounded and without ambiguity between neighbouring parts: runs in linear time.
    private static final Pattern SHAPE = Pattern.compile("gh:\\{[A-Za-z0-9._-]{1,160}}:[a-z][a-z0-9-]{0,31}:" + VERSION + ":[0-9a-f]{64}");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._-]{1,160}");
    private static final Pattern FEATURE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private final KeyedHash hash;

    public Keys(KeyedHash hash) {
        this.hash = hash;
    }

    /**
     * @param tag     the policy's UID, or a {@link #tag} of it: letters, digits, {@code . _ -}; never braces
     * @param feature e.g. {@code cache}
     * @param parts   what the key stands for, any text
     */
    public Key key(String tag, String feature, String... parts) {
        require(TAG.matcher(tag), "tag of a key must be 1 to 160 letters, digits, '.', '_' or '-'");
        require(FEATURE.matcher(feature), "feature of a key must be 1 to 32 of a-z, 0-9 and '-'");
        List<String> all = Stream.concat(Stream.of(feature), Stream.of(parts)).toList();
        return new Key("gh:{" + tag + "}:" + feature + ":" + VERSION + ":" + hash.hexOfParts(all));
    }

    /**
     * The tag of what a policy keeps for these values: one slot for all of the same values, others for others, so that a policy's keys
     * spread over a cluster. Without values the UID alone.
     *
     * @param uid of the policy
     */
    public String tag(String uid, List<String> values) {
        return values.isEmpty() ? uid : uid + "." + hash.hexOfParts(values).substring(0, SPREAD_DIGITS);
    }

    /** The key that a stored text is; empty for another version and for what is not ours. */
    public static Optional<Key> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new Key(text)) : Optional.empty();
    }

    /** The text itself is not in the message: it may come from a client. */
    private static void require(Matcher matcher, String rule) {
        if (!matcher.matches()) {
            throw new IllegalArgumentException(rule);
        }
    }
}
