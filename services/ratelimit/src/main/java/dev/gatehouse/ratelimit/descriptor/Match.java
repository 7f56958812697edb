package dev.gatehouse.ratelimit.descriptor;

import java.util.List;

/**
 * A limit that holds for a descriptor of a request.
 *
 * @param statistics under which name it is counted
 * @param values     the descriptor's values by which it is counted, one for each entry: the request's, or a shared wildcard's pattern
 */
record Match(LimitRule rule, String statistics, List<String> values) {}
