package dev.gatehouse.router.apply;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Says that a request has been routed: {@code EXPIRY/NAMES/SIGNATURE}, seconds since 1970, the header fields that were set, and a keyed hash of
 * both, of their values and of the model. A gateway with the same key leaves such a request as it is; nobody without the key can make one,
 * and it is worth nothing for another model, for other values, or later.
 */
public record Mark(KeyedHash hash, InstantSource clock) {

    /** The header that carries it. */
    public static final String HEADER = "x-gateway-routed";

    private static final Duration LIVES = Duration.ofMinutes(1);
    private static final int MAX_LENGTH = 4_096;
    private static final int MAX_DIGITS = 12;
    private static final String BETWEEN = "/";

    /**
     * For a request that goes on now.
     *
     * @param model that it names; empty where it names none, or cannot be read
     * @param set   header fields that routes match by, set by the router
     */
    public String of(String model, Map<String, String> set) {
        long expiry = clock.instant().plus(LIVES).getEpochSecond();
        return expiry + BETWEEN + String.join(",", new TreeMap<>(set).keySet()) + BETWEEN + signature(expiry, model, set);
    }

    /**
     * The names of the header fields that a mark of ours vouches for; empty where it is none, has expired, or was made for another model
     * or other values.
     *
     * @param model   as {@link #of}
     * @param headers of the request that carries it
     */
    public Optional<Set<String>> vouched(String mark, String model, Headers headers) {
        String[] parts = mark.length() > MAX_LENGTH ? new String[0] : mark.split(BETWEEN, -1);
        if (parts.length != 3 || !parts[0].matches("[0-9]{1," + MAX_DIGITS + "}") || !lives(Long.parseLong(parts[0]))) {
            return Optional.empty();
        }
        Map<String, String> set = new TreeMap<>();
        Stream.of(parts[1].split(",")).filter(name -> !name.isEmpty()).forEach(name -> set.put(name, String.join("\n", headers.all(name))));
        boolean ours = MessageDigest.isEqual(bytes(parts[2]), bytes(signature(Long.parseLong(parts[0]), model, set)));
        return ours ? Optional.of(set.keySet()) : Optional.empty();
    }

    private boolean lives(long expiry) {
        long now = clock.instant().getEpochSecond();
        return expiry >= now && expiry <= now + LIVES.toSeconds();
    }

    private String signature(long expiry, String model, Map<String, String> set) {
        List<String> parts = new ArrayList<>(List.of("routed", Long.toString(expiry), model));
        new TreeMap<>(set).forEach((name, value) -> parts.addAll(List.of(name, value)));
        return hash.hexOfParts(parts);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
