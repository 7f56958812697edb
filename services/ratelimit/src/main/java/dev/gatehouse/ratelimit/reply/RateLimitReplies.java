package dev.gatehouse.ratelimit.reply;

import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Formats;
import dev.gatehouse.llm.ProviderErrors;
import dev.gatehouse.policy.limit.HeaderOptions;
import dev.gatehouse.policy.limit.Quota;
import dev.gatehouse.ratelimit.admit.Admission;
import dev.gatehouse.ratelimit.admit.Proposal;
import dev.gatehouse.ratelimit.admit.Standing;
import dev.gatehouse.ratelimit.ask.Asked;
import dev.gatehouse.ratelimit.ask.Reading;
import dev.gatehouse.state.limit.Claim;
import dev.gatehouse.state.limit.Level;
import java.time.Duration;
import java.time.Instant;

/**
 * What a client reads whose request does not go on. The code says whether waiting helps: {@code rate_limit_exceeded} (it does),
 * {@code insufficient_quota} (a budget of an hour or more is used up), {@code request_exceeds_limit} (never: the request alone is more
 * than the limit).
 *
 * @param policy {@code namespace/name}
 */
public record RateLimitReplies(String policy) {

    private static final int REFUSED = 429;
    private static final int FAILED = 503;
    /** From here on a client that retries only makes noise. */
    private static final Duration LONG_WINDOW = Duration.ofHours(1);
    /** Where only the end of another request helps. */
    private static final long UNKNOWN_WAIT_MILLIS = 1000;

    /** The refusal of a request over a limit. */
    public LocalReply refused(Proposal proposal, Admission.Refused refused, HeaderOptions options, Instant now) {
        Asked asked = proposal.asked();
        ProviderErrors errors = errors(asked);
        Standing worst = refused.worst();
        Level level = worst.level();
        if (level.neverFits()) {
            return with(headers(asked, refused, options, now), errors.reply(REFUSED, "request_exceeds_limit", tooLarge(proposal, worst)))
                    .withHeader("x-should-retry", "false");
        }
        long wait = LimitHeaders.seconds(level.fitsInMillis() == Level.UNKNOWN ? UNKNOWN_WAIT_MILLIS : level.fitsInMillis());
        String code = isLong(worst) ? "insufficient_quota" : "rate_limit_exceeded";
        LocalReply reply = with(headers(asked, refused, options, now), errors.reply(REFUSED, code, over(proposal, worst, wait)))
                .withHeader("retry-after", Long.toString(wait));
        return isLong(worst) ? reply.withHeader("x-should-retry", "false") : reply;
    }

    /** The refusal of a request that could not be read. */
    public LocalReply unreadable(RequestHead head, Reading.Unreadable unreadable) {
        return ProviderErrors.of(format(head)).reply(unreadable.status(), unreadable.code(), "Refused by policy " + policy + ": " + unreadable.message());
    }

    /** The refusal of a model that has no price, where cost is limited. */
    public LocalReply unpriced(Asked asked) {
        return errors(asked).reply(400, "model_without_price", "Policy " + policy + " limits cost, and has no price for the requested model");
    }

    /** The answer while the store of the limits cannot be reached. */
    public LocalReply storeLost(Asked asked) {
        return errors(asked).reply(FAILED, "ratelimit_state_unavailable", "Limits of policy " + policy + " cannot be checked at the moment; try again")
                .withHeader("retry-after", "1");
    }

    /** The answer when the service itself failed and the policy fails closed. */
    public LocalReply failed(RequestHead head, Failure failure) {
        ProviderErrors errors = ProviderErrors.of(format(head));
        return switch (failure) {
            case Failure.TimedOut timeout -> errors.reply(FAILED, "ratelimit_timeout", "Not decided in time under policy " + policy + "; try again");
            case Failure.Threw threw -> errors.reply(FAILED, "ratelimit_error", "Could not be decided under policy " + policy);
            case Failure.Impossible impossible -> errors.reply(FAILED, "unsupported_by_attachment",
                    "Policy " + policy + " needs " + impossible.missing() + ", which this attachment cannot do");
        };
    }

    private static HeaderChange headers(Asked asked, Admission.Refused refused, HeaderOptions options, Instant now) {
        return new LimitHeaders(options.styles(), asked.format().orElse(Format.OPENAI_CHAT), now).of(refused.standings());
    }

    private static LocalReply with(HeaderChange headers, LocalReply reply) {
        LocalReply all = reply;
        for (Headers.Field field : headers.set()) {
            all = all.withHeader(field.name(), field.value());
        }
        return all;
    }

    private String tooLarge(Proposal proposal, Standing standing) {
        return "Request too large for limit " + named(standing) + ": it takes " + amount(standing, wanted(proposal, standing))
                + ", the limit is " + amount(standing, standing.level().limit());
    }

    private String over(Proposal proposal, Standing standing, long wait) {
        Level level = standing.level();
        return "Limit " + named(standing) + " reached: limit " + amount(standing, level.limit()) + ", used " + amount(standing, level.used())
                + ", reserved by requests under way " + amount(standing, level.reserved()) + ", requested " + amount(standing, wanted(proposal, standing))
                + ". Please try again in " + wait + "s.";
    }

    private String named(Standing standing) {
        return standing.budget().limit().name() + " of policy " + policy;
    }

    private static long wanted(Proposal proposal, Standing standing) {
        return proposal.enforced().stream().filter(held -> held.budget() == standing.budget()).map(held -> held.claim()).mapToLong(Claim::estimate)
                .findFirst().orElse(0);
    }

    private static String amount(Standing standing, long amount) {
        return standing.budget().limit().limit().quota().map(quota -> LimitHeaders.spoken(quota.unit(), amount)).orElse(amount + " requests in flight");
    }

    private static boolean isLong(Standing standing) {
        return standing.budget().limit().limit().quota().map(Quota::period)
                .filter(period -> period.length().map(length -> length.compareTo(LONG_WINDOW) >= 0).orElse(true)).isPresent();
    }

    private static ProviderErrors errors(Asked asked) {
        return asked.request().map(ProviderErrors::of).orElseGet(() -> ProviderErrors.of(asked.format().orElse(Format.OPENAI_CHAT)));
    }

    private static Format format(RequestHead head) {
        String type = head.headers().first("content-type").orElse("application/json");
        return Formats.recognise(head.method(), head.path(), type).orElse(Format.OPENAI_CHAT);
    }
}
