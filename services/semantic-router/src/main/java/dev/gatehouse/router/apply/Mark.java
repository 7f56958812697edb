package dev.gatehouse.router.apply;

import dev.gatehouse.exchange.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Says that a request has been routed: {@code EXPIRY.SIGNATURE}, seconds since 1970 and a keyed hash of them and the model. A gateway with the
 * same key leaves such a request as it is; nobody without the key can make one, and it is worth nothing for another model or later.
 */
public record Mark(KeyedHash hash, InstantSource clock) {

    /** The header that carries it. */
    public static final String HEADER = "x-gateway-routed";

    private static final Duration LIVES = Duration.ofMinutes(1);
    private static final int MAX_LENGTH = 96;

    /** For a request that goes to this model now; an empty model where only headers were set. */
    public String of(String model) {
        long expiry = clock.instant().plus(LIVES).getEpochSecond();
        return expiry + "." + signature(expiry, model);
    }

    /** Whether this is a mark of ours for this model that has not expired. */
    public boolean isValid(String mark, String model) {
        int dot = mark.indexOf('.');
        if (dot < 1 || dot > 12 || mark.length() > MAX_LENGTH || !mark.substring(0, dot).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        long expiry = Long.parseLong(mark.substring(0, dot));
        long now = clock.instant().getEpochSecond();
        boolean lives = expiry >= now && expiry <= now + LIVES.toSeconds();
        return lives && MessageDigest.isEqual(bytes(mark.substring(dot + 1)), bytes(signature(expiry, model)));
    }

    private String signature(long expiry, String model) {
        return hash.hexOfParts(List.of("routed", Long.toString(expiry), model));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
