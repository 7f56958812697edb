package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.envoy.ratelimit.RateLimitAnswer;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Code;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Header;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Status;
import dev.gatehouse.envoy.ratelimit.RateLimitQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes one answer of the descriptors' verdicts. */
final class AnswerAssembly {

    private AnswerAssembly() {}

    static RateLimitAnswer answer(RateLimitQuery query, List<Verdict> verdicts, AnswerOptions options, Statistics statistics) {
        Code overall = refuses(verdicts, options) ? Code.OVER_LIMIT : Code.OK;
        if (overall == Code.OVER_LIMIT && options.shadow()) {
            overall = Code.OK;
            statistics.globalShadowMode.increment();
        }
        List<Header> headers = options.headers().isEmpty() ? List.of() : headers(options.headers().get(), verdicts, options);
        Optional<Map<String, Object>> metadata =
                options.metadata() ? Optional.of(AnswerMetadata.of(query, verdicts)) : Optional.empty();
        return new RateLimitAnswer(overall, statuses(verdicts), headers, metadata);
    }

    private static List<Status> statuses(List<Verdict> verdicts) {
        List<Status> statuses = new ArrayList<>(verdicts.size());
        verdicts.forEach(verdict -> statuses.add(verdict.status()));
        return statuses;
    }

    /** One limit that is exceeded refuses; of those in quota mode all have to be. */
    private static boolean refuses(List<Verdict> verdicts, AnswerOptions options) {
        int quotas = 0;
        int exceededQuotas = 0;
        for (Verdict verdict : verdicts) {
            boolean quota = !verdict.endless() && isQuota(verdict, options);
            if (verdict.isOver() && !quota) {
                return true;
            }
            quotas += quota ? 1 : 0;
            exceededQuotas += quota && verdict.isOver() ? 1 : 0;
        }
        return quotas > 0 && quotas == exceededQuotas;
    }

    private static boolean isQuota(Verdict verdict, AnswerOptions options) {
        return options.quota() || verdict.rule().map(LimitRule::quota).orElse(false);
    }

    private static List<Header> headers(AnswerOptions.HeaderNames names, List<Verdict> verdicts, AnswerOptions options) {
        return nearest(verdicts, options).map(status -> headers(names, status)).orElse(List.of());
    }

    private static List<Header> headers(AnswerOptions.HeaderNames names, Status status) {
        return List.of(
                new Header(names.limit(), String.valueOf(status.limit().orElseThrow().requestsPerUnit())),
                new Header(names.remaining(), String.valueOf(status.remaining())),
                new Header(names.reset(), String.valueOf(status.secondsUntilReset())));
    }

    /** The last one that refuses, else the first with the least left. */
    private static Optional<Status> nearest(List<Verdict> verdicts, AnswerOptions options) {
        Status nearest = null;
        long least = Long.MAX_VALUE;
        for (Verdict verdict : verdicts) {
            Status status = verdict.status();
            boolean refuses = verdict.isOver() && !isQuota(verdict, options);
            if (refuses || status.limit().isPresent() && status.remaining() < least) {
                nearest = status;
                least = refuses ? 0 : status.remaining();
            }
        }
        return Optional.ofNullable(nearest);
    }
}
