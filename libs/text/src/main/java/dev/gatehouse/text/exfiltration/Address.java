package dev.gatehouse.text.exfiltration;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An address as a browser reads it (WHATWG URL: a backslash is a slash, what stands before the last {@code @} is no host, percent-encoding in a
 * host counts).
 *
 * @param host     in lower case and punycode, without port and final dot; empty if there is none
 * @param userInfo whether something stands before the host
 * @param rest     path, query and fragment
 */
record Address(String host, boolean userInfo, String rest) {

    static Address of(String written) {
        String url = written.replace('\\', '/');
        int from = Math.max(0, url.indexOf("//")) + 2;
        while (from < url.length() && url.charAt(from) == '/') {
            from++;
        }
        int end = from;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority = url.substring(Math.min(from, end), end);
        int at = authority.lastIndexOf('@');
        return new Address(host(withoutPort(authority.substring(at + 1))), at >= 0, url.substring(end));
    }

    /** A host as it is compared. */
    static String host(String written) {
        String host = decoded(written).replace('\u3002', '.').toLowerCase(Locale.ROOT);
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        try {
            return host.startsWith("[") ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noName) {
            return host;
        }
    }

    /** Whether the host is a number: dotted, decimal, octal, hexadecimal, or IPv6 in brackets. */
    boolean isNumber() {
        return host.startsWith("[") || host.matches("(0x[0-9a-f]+|[0-9]+)(\\.(0x[0-9a-f]+|[0-9]+)){0,3}");
    }

    boolean isPunycode() {
        return host.startsWith("xn--") || host.contains(".xn--");
    }

    /** Query and fragment, or empty. */
    String query() {
        int start = 0;
        while (start < rest.length() && rest.charAt(start) != '?' && rest.charAt(start) != '#') {
            start++;
        }
        return start < rest.length() ? rest.substring(start + 1) : "";
    }

    /** With percent-encoding undone, what is not encoded well left as it is. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            bytes[length++] = low >= 0 ? (byte) (high << 4 | low) : bytes[i];
            i += low >= 0 ? 2 : 0;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
