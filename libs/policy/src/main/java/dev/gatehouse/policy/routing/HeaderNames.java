package dev.gatehouse.policy.routing;

import com.google.re2j.Pattern;
import dev.gatehouse.policy.document.InvalidField;
import java.util.List;

/** Header fields that a policy may set. */
final class HeaderNames {

    private static final Pattern TOKEN = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    /** Written by gateways, other services or the connection itself. */
    private static final List<String> TAKEN = List.of("x-gatehouse-", "x-envoy-", "x-gateway-destination-", "x-gateway-model-name", "x-gateway-base-model-name",
            "x-gateway-routed", "x-forwarded-", "content-", "transfer-encoding", "authorization", "cookie", "host", "connection", "te", "upgrade");

    private HeaderNames() {}

    static void check(String field, String name) {
        InvalidField.check(TOKEN.matches(name), field, "must be a header's name in small letters: a-z, 0-9, - and _, at most 63");
        InvalidField.check(TAKEN.stream().noneMatch(taken -> taken.endsWith("-") ? name.startsWith(taken) : name.equals(taken)), field,
                "is a header that is not a policy's to set");
    }

    static void checkValue(String field, String value) {
        boolean plain = value.length() <= 1_024 && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        InvalidField.check(plain, field, "must be at most 1024 printable ASCII characters");
    }
}
