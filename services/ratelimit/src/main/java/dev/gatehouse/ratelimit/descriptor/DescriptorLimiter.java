package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.envoy.ratelimit.Limitador;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Code;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.CurrentLimit;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Status;
import dev.gatehouse.envoy.ratelimit.RateLimitQuery;
import dev.gatehouse.envoy.ratelimit.RateLimitQuery.Descriptor;
import dev.gatehouse.envoy.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.descriptor.Subject.Counted;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.limit.AsyncLimits;
import dev.gatehouse.state.limit.Bucket;
import dev.gatehouse.state.limit.Hit;
import dev.gatehouse.state.limit.Level;
import dev.gatehouse.state.limit.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Decides as envoyproxy/ratelimit does: every descriptor is counted in a fixed window of the limit that it matches, whatever the
 * others say, and one that is beyond its limit refuses the request. Never blocks.
 */
public final class DescriptorLimiter implements RateLimiter, Limitador {

    private static final long ENDLESS = 0xffff_ffffL;

    private final Supplier<DescriptorConfiguration> configuration;
    private final AsyncLimits limits;
    private final Counters counters;
    private final AnswerOptions options;
    private final Statistics statistics;
    private final ExceededLimits exceeded;

    /** @param configuration the current one */
    public DescriptorLimiter(
            Supplier<DescriptorConfiguration> configuration, AsyncLimits limits, Keys keys, SharedLimits shared, AnswerOptions options, Statistics statistics) {
        this.configuration = configuration;
        this.limits = limits;
        this.counters = new Counters(keys, options.keyPrefix(), shared);
        this.options = options;
        this.statistics = statistics;
        this.exceeded = new ExceededLimits(options.rememberOver());
    }

    @Override
    public CompletionStage<RateLimitAnswer> decide(RateLimitQuery query) {
        List<Subject> subjects = subjects(query);
        return count(counted(subjects)).thenApply(levels -> AnswerAssembly.answer(query, verdicts(subjects, levels), options, statistics));
    }

    @Override
    public CompletionStage<Code> check(RateLimitQuery query) {
        List<Counted> counted = counted(subjects(query));
        List<Bucket> buckets = counted.stream().map(Counted::bucket).toList();
        return store(buckets.isEmpty(), () -> limits.peek(buckets)).thenApply(levels -> over(counted, levels) ? Code.OVER_LIMIT : Code.OK);
    }

    @Override
    public CompletionStage<Void> report(RateLimitQuery query) {
        List<Counted> counted = counted(subjects(query));
        return add(counted, hits(counted)).thenAccept(levels -> {
            for (int i = 0; i < levels.size(); i++) {
                measure(counted.get(i), levels.get(i));
            }
        });
    }

    private static boolean over(List<Counted> counted, List<Level> levels) {
        for (int i = 0; i < levels.size(); i++) {
            if (!counted.get(i).rule().shadow() && levels.get(i).remaining() < 1) {
                return true;
            }
        }
        return false;
    }

    private List<Subject> subjects(RateLimitQuery query) {
        if (query.domain().isEmpty()) {
            throw refused("rate limit domain must not be empty");
        }
        if (query.descriptors().isEmpty()) {
            throw refused("rate limit descriptor list must not be empty");
        }
        DescriptorConfigs configs = configuration.get().configs().orElseThrow(() -> refused("no rate limit configuration loaded"));
        if (!configs.knows(query.domain())) {
            statistics.unknownDomain(query.domain());
        }
        List<Optional<Match>> matches = new ArrayList<>(query.descriptors().size());
        query.descriptors().forEach(descriptor -> matches.add(configs.find(query.domain(), descriptor)));
        return subjects(query, matches);
    }

    private List<Subject> subjects(RateLimitQuery query, List<Optional<Match>> matches) {
        Set<String> replaced = replaced(matches);
        List<Subject> subjects = new ArrayList<>(matches.size());
        for (int i = 0; i < matches.size(); i++) {
            subjects.add(subject(query, query.descriptors().get(i), matches.get(i), replaced));
        }
        return subjects;
    }

    private static Set<String> replaced(List<Optional<Match>> matches) {
        Set<String> replaced = Set.of();
        for (Optional<Match> match : matches) {
            if (match.isPresent() && !match.get().rule().replaces().isEmpty()) {
                replaced = new HashSet<>(replaced);
                replaced.addAll(match.get().rule().replaces());
            }
        }
        return replaced;
    }

    private Subject subject(RateLimitQuery query, Descriptor descriptor, Optional<Match> match, Set<String> replaced) {
        if (match.isEmpty()) {
            return new Subject.Free();
        }
        LimitRule rule = match.get().rule();
        if (rule.isUnlimited()) {
            return new Subject.Endless();
        }
        if (!rule.name().isEmpty() && replaced.contains(rule.name())) {
            return new Subject.Free();
        }
        Bucket bucket = counters.bucket(query.domain(), descriptor.entries(), match.get());
        if (descriptor.refund()) {
            exceeded.forget(bucket.key());
        }
        return new Counted(rule, statistics.of(match.get().statistics()), bucket, hits(query, descriptor), exceeded.endsInMillis(bucket.key()));
    }

    private static long hits(RateLimitQuery query, Descriptor descriptor) {
        long hits = Math.min(query.hits(descriptor), Limits.MAX_AMOUNT);
        return descriptor.refund() ? -hits : hits;
    }

    private static List<Counted> counted(List<Subject> subjects) {
        List<Counted> counted = new ArrayList<>(subjects.size());
        for (Subject subject : subjects) {
            if (subject instanceof Counted one) {
                counted.add(one);
            }
        }
        return counted;
    }

    /** Levels of those that are not known to be exceeded, in their order. */
    private CompletionStage<List<Level>> count(List<Counted> counted) {
        List<Counted> asked = new ArrayList<>(counted);
        asked.removeIf(Counted::isKnownExceeded);
        if (!options.keepBelow()) {
            return add(asked, hits(asked));
        }
        if (asked.size() < counted.size()) {
            return add(asked, asked.stream().map(subject -> 0L).toList());
        }
        List<Bucket> buckets = asked.stream().map(Counted::bucket).toList();
        return store(buckets.isEmpty(), () -> limits.peek(buckets)).thenCompose(levels -> add(asked, hitsThatKeepBelow(asked, levels)));
    }

    private static List<Long> hits(List<Counted> asked) {
        List<Long> hits = new ArrayList<>(asked.size());
        asked.forEach(subject -> hits.add(subject.hits()));
        return hits;
    }

    /** All hits where none goes beyond its limit, else only those that do. */
    private static List<Long> hitsThatKeepBelow(List<Counted> asked, List<Level> levels) {
        List<Long> all = hits(asked);
        List<Long> beyond = new ArrayList<>(all);
        boolean exceeds = false;
        for (int i = 0; i < levels.size(); i++) {
            boolean over = levels.get(i).remaining() < all.get(i);
            exceeds |= over;
            beyond.set(i, over ? all.get(i) : 0);
        }
        return exceeds ? beyond : all;
    }

    private CompletionStage<List<Level>> add(List<Counted> asked, List<Long> amounts) {
        List<Hit> hits = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            hits.add(new Hit(asked.get(i).bucket(), amounts.get(i)));
        }
        return store(hits.isEmpty(), () -> limits.add(hits));
    }

    private CompletionStage<List<Level>> store(boolean nothing, Supplier<CompletionStage<List<Level>>> call) {
        return nothing ? CompletableFuture.completedStage(List.of()) : call.get().exceptionally(this::unanswerable);
    }

    private List<Level> unanswerable(Throwable error) {
        statistics.redisError.increment();
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        throw new Unanswerable("the store of limits cannot be asked: " + cause.getMessage());
    }

    private Refused refused(String message) {
        statistics.serviceError.increment();
        return new Refused(message);
    }

    private List<Verdict> verdicts(List<Subject> subjects, List<Level> levels) {
        Iterator<Level> next = levels.iterator();
        List<Verdict> verdicts = new ArrayList<>(subjects.size());
        for (Subject subject : subjects) {
            verdicts.add(switch (subject) {
                case Subject.Free _ -> new Verdict(new Status(Code.OK, Optional.empty(), 0, 0), Optional.empty(), false);
                case Subject.Endless _ -> new Verdict(new Status(Code.OK, Optional.empty(), ENDLESS, 0), Optional.empty(), true);
                case Counted counted -> counted.isKnownExceeded() ? refusedLocally(counted) : verdict(counted, next.next());
            });
        }
        return verdicts;
    }

    private Verdict refusedLocally(Counted counted) {
        counted.statistics().totalHits().add(counted.hits());
        counted.statistics().refusedLocally(counted.hits(), counted.rule().shadow());
        return verdict(counted, counted.rule().requestsPerUnit(), true, 0, counted.exceededMillis());
    }

    private Verdict verdict(Counted counted, Level level) {
        measure(counted, level);
        boolean over = level.remaining() < 0;
        if (over) {
            exceeded.add(counted.bucket().key(), level.fullInMillis());
        }
        return verdict(counted, level.limit(), over, Math.max(0, level.remaining()), level.fullInMillis());
    }

    private static Verdict verdict(Counted counted, long limit, boolean over, long remaining, long resetMillis) {
        Code code = over && !counted.rule().shadow() ? Code.OVER_LIMIT : Code.OK;
        CurrentLimit current = new CurrentLimit(counted.rule().name(), limit, counted.rule().unit().orElseThrow());
        return new Verdict(new Status(code, Optional.of(current), remaining, Math.ceilDiv(resetMillis, 1000)), Optional.of(counted.rule()), false);
    }

    private void measure(Counted counted, Level level) {
        if (counted.hits() < 0) {
            return;
        }
        counted.statistics().totalHits().add(counted.hits());
        long near = (long) Math.floor((float) level.limit() * options.nearRatio());
        counted.statistics().counted(counted.hits(), level.used() + level.reserved(), level.limit(), near, counted.rule().shadow());
    }
}
