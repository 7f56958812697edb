package dev.gatehouse.ratelimit.descriptor;

/** A configuration that cannot be used. The message names its source and what is wrong. */
public final class InvalidConfig extends RuntimeException {
    public InvalidConfig(String source, String problem) {
        super(source + ": " + problem, null, false, false);
    }
}
