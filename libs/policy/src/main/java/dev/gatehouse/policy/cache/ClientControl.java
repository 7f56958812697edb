package dev.gatehouse.policy.cache;

/** Whether a client's {@code cache-control} counts. */
public enum ClientControl {
    /** {@code no-store}, {@code no-cache}, {@code max-age} and {@code only-if-cached} do what RFC 9111 says. */ Honour,
    /** It is not read. */ Ignore
}
