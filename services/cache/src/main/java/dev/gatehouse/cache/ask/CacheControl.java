package dev.gatehouse.cache.ask;

import dev.gatehouse.exchange.Headers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client's {@code cache-control} asks for (RFC 9111, section 5.2.1). Directives that are not read here are left to others.
 *
 * @param noStore      neither look up nor store
 * @param noCache      do not look up; the fresh answer is stored
 * @param maxAge       do not serve an older answer
 * @param onlyIfCached serve a stored answer, or 504
 */
public record CacheControl(boolean noStore, boolean noCache, Optional<Duration> maxAge, boolean onlyIfCached) {

    /** Nothing asked. */
    public static final CacheControl NONE = new CacheControl(false, false, Optional.empty(), false);

    private static final String MAX_AGE = "max-age=";
    private static final int MAX_DIGITS = 9;

    /** Reads all {@code cache-control} fields; where there are none, {@code pragma: no-cache}. */
    public static CacheControl of(Headers headers) {
        String all = String.join(",", headers.all("cache-control")).toLowerCase(Locale.ROOT);
        CacheControl asked = all.isBlank() && headers.first("pragma").filter("no-cache"::equalsIgnoreCase).isPresent()
                ? new CacheControl(false, true, Optional.empty(), false) : NONE;
        for (String directive : all.split(",")) {
            asked = asked.with(directive.strip());
        }
        return asked;
    }

    private CacheControl with(String directive) {
        return switch (directive) {
            case "no-store" -> new CacheControl(true, noCache, maxAge, onlyIfCached);
            case "no-cache" -> new CacheControl(noStore, true, maxAge, onlyIfCached);
            case "only-if-cached" -> new CacheControl(noStore, noCache, maxAge, true);
            default -> directive.startsWith(MAX_AGE) ? withMaxAge(directive.substring(MAX_AGE.length()).replace("\"", "")) : this;
        };
    }

    /** Of several the smallest holds; what is no number of seconds asks for a fresh answer. */
    private CacheControl withMaxAge(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(sign -> sign >= '0' && sign <= '9');
        Duration age = !digits ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(text.substring(0, Math.min(text.length(), MAX_DIGITS))));
        Duration least = maxAge.filter(other -> other.compareTo(age) < 0).orElse(age);
        return new CacheControl(noStore, noCache, Optional.of(least), onlyIfCached);
    }
}
