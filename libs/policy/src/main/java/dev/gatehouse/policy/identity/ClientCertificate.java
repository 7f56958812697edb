package dev.gatehouse.policy.identity;

import dev.gatehouse.exchange.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The URI in the client's certificate, from the host itself or, where a Gateway is declared to set it, from its header. */
final class ClientCertificate {

    static final String ATTRIBUTE = "connection.uri_san_peer_certificate";
    private static final String HEADER = "x-forwarded-client-cert";

    private ClientCertificate() {}

    static Optional<String> uri(IdentitySource.FromClientCertificate source, RequestHead head) {
        if (source.forwardedBy().filter(gateway -> Identities.isFrom(gateway, head)).isPresent()) {
            return head.headers().first(HEADER).flatMap(ClientCertificate::uriOfLast);
        }
        return head.attribute(ATTRIBUTE).filter(uri -> !uri.isBlank());
    }

    /** The last element is the nearest hop's, the only one that the declared Gateway has verified itself. */
    private static Optional<String> uriOfLast(String header) {
        return split(split(header, ',').getLast(), ';').stream()
                .filter(pair -> pair.regionMatches(true, 0, "URI=", 0, 4))
                .map(pair -> unquoted(pair.substring(4)))
                .filter(uri -> !uri.isBlank())
                .findFirst();
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replace("\\\"", "\"") : value;
    }

    /** Splits outside double quotes, in which a backslash escapes the next character. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
            } else if (c == separator && !quoted) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                quoted ^= c == '"';
                part.append(c);
            }
        }
        parts.add(part.toString().strip());
        return parts;
    }
}
