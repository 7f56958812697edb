package dev.gatehouse.router.health;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.ResponseHead;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** What the head of an answer says of the one who gave it. */
sealed interface Outcome {

    /** It works; a stream may still fail. */
    record Well() implements Outcome {}

    /** It refused this request, which shows that it is there. */
    record Refused() implements Outcome {}

    /** It failed. @param pause how long it asks to be left alone, zero if it does not */
    record Failed(Duration pause) implements Outcome {}

    /** It has too many requests. @param pause as of {@link Failed} */
    record Limited(Duration pause) implements Outcome {}

    /** Somebody else answered, or nothing can be told: keys that are missing or wrong are the client's or the operator's. */
    record Nothing() implements Outcome {}

    /** 529 is Anthropic's overload. */
    Set<Integer> FAILURES = Set.of(408, 500, 502, 503, 504, 529);
    Set<Integer> OF_KEYS = Set.of(401, 402, 403, 407);
    int TOO_MANY = 429;

    static Outcome of(ResponseHead head, InstantSource clock) {
        int status = head.status();
        if (HandOver.read(head.metadata()).get(HandOver.REPLIED_BY).isPresent() || OF_KEYS.contains(status)) {
            return new Nothing();
        }
        if (status == TOO_MANY) {
            return new Limited(RetryAfter.of(head.headers(), clock));
        }
        if (FAILURES.contains(status)) {
            return new Failed(RetryAfter.of(head.headers(), clock));
        }
        return status < 400 ? new Well() : new Refused();
    }
}
