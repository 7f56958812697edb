package dev.gatehouse.policy.identity;

import com.google.re2j.Pattern;

/** Names of HTTP header fields that a policy may read an identity from. */
final class HeaderNames {

    static final String RULE = "must be a header name, and not one of x-gatehouse-*, which no client can send";

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

    private HeaderNames() {}

    /** A token of RFC 9110, 5.6.2. */
    static boolean isToken(String name) {
        return TOKEN.matches(name) && !name.regionMatches(true, 0, "x-gatehouse-", 0, 12);
    }
}
