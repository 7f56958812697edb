package dev.gatehouse.envoy.extauthz;

import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.Body.Extent;
import dev.gatehouse.exchange.Headers;
import java.util.Set;

/**
 * What an authorization request says of the body. Envoy adds {@code x-envoy-auth-partial-body} when it sends one
 * ({@code with_request_body}), {@code true} where it cut it; a host that does not is found out by {@code content-length}. Where Envoy
 * sends none the field may be the client's, so it never vouches for an empty body.
 */
final class AuthzBody {

    private static final String PARTIAL = "x-envoy-auth-partial-body";
    private static final Set<String> USUALLY_BODILESS = Set.of("GET", "HEAD", "OPTIONS", "DELETE");

    private AuthzBody() {}

    static Body of(String method, Headers headers, byte[] bytes) {
        return new Body(bytes, extent(method, headers, bytes.length), Headers.empty());
    }

    /** The body mode that this one request shows. */
    static BodyMode mode(Body body) {
        return body.extent() == Extent.NOT_SENT ? BodyMode.NONE : BodyMode.BUFFERED_PARTIAL;
    }

    private static Extent extent(String method, Headers headers, int length) {
        long announced = headers.first("content-length").map(AuthzBody::number).orElse(-1L);
        if (length == 0) {
            return isBodiless(method, headers, announced) ? Extent.WHOLE : Extent.NOT_SENT;
        }
        boolean cut = headers.first(PARTIAL).filter("true"::equalsIgnoreCase).isPresent() || length < announced;
        return cut ? Extent.CUT_BY_HOST : Extent.WHOLE;
    }

    private static boolean isBodiless(String method, Headers headers, long announced) {
        boolean unannounced = announced < 0 && headers.first("transfer-encoding").isEmpty();
        return announced == 0 || unannounced && USUALLY_BODILESS.contains(method);
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits.trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
