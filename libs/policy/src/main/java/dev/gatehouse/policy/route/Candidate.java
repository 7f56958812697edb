package dev.gatehouse.policy.route;

import java.time.Instant;
import java.util.Comparator;

/** One match of one rule, with what orders it among the matches of equal host and path. */
record Candidate(RouteRule rule, HttpRoute.Match match, Matcher matcher, int matchIndex) {

    /**
     * Gateway API, HTTPRouteRule.matches, from the method on: with a method before without, more headers, more query parameters, older,
     * {@code namespace/name}, then the order in the route.
     */
    static final Comparator<Candidate> BY_PRECEDENCE = Comparator
            .<Candidate>comparingInt(candidate -> candidate.match.method().isPresent() ? 0 : 1)
            .thenComparingInt(candidate -> -candidate.match.headers().size())
            .thenComparingInt(candidate -> -candidate.match.queryParams().size())
            .thenComparing(Candidate::created)
            .thenComparing(candidate -> candidate.rule.namespace())
            .thenComparing(candidate -> candidate.rule.name())
            .thenComparingInt(candidate -> candidate.rule.index().orElse(0))
            .thenComparingInt(Candidate::matchIndex);

    /** Regular expressions: the longer first, then as above. */
    static final Comparator<Candidate> BY_LENGTH_OF_PATH = Comparator
            .<Candidate>comparingInt(candidate -> -candidate.match.path().value().length())
            .thenComparing(BY_PRECEDENCE);

    private Instant created() {
        return rule.route().flatMap(route -> route.metadata().creationTimestamp()).orElse(Instant.MAX);
    }
}
