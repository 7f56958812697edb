package dev.gatehouse.envoy.ratelimit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the host is told.
 *
 * @param statuses one for each descriptor, in the order of the query
 * @param headers  for the response to the client
 * @param metadata dynamic metadata for the host: strings, numbers, booleans, lists and maps; empty where none is wanted
 */
public record RateLimitAnswer(Code overall, List<Status> statuses, List<Header> headers, Optional<Map<String, Object>> metadata) {

    public enum Code {
        UNKNOWN,
        OK,
        OVER_LIMIT
    }

    /** @param remaining an unsigned 32 bit number; 4294967295 for a descriptor without end */
    public record Status(Code code, Optional<CurrentLimit> limit, long remaining, long secondsUntilReset) {}

    /** @param name as configured; may be empty */
    public record CurrentLimit(String name, long requestsPerUnit, LimitUnit unit) {}

    public record Header(String name, String value) {}
}
