package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.envoy.ratelimit.RateLimitAnswer;
import dev.gatehouse.envoy.ratelimit.RateLimitJson;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.limit.AsyncLimits;
import dev.gatehouse.state.limit.MemoryLimits;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A rate limit service in this process, asked in JSON. */
final class Service {

    final Statistics statistics = new Statistics();
    final LiveConfiguration configuration = new LiveConfiguration(false, statistics);
    final DescriptorLimiter limiter;

    Service(AnswerOptions options, AsyncLimits limits, SharedLimits shared) {
        limiter = new DescriptorLimiter(configuration, limits, new Keys(KeyedHash.random()), shared, options, statistics);
    }

    /** With counters in memory. */
    static Service of(AnswerOptions options, String... files) {
        Service service = new Service(options, AsyncLimits.atOnce(new MemoryLimits(10_000)), SharedLimits.none());
        service.load(files).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
        return service;
    }

    static Service of(String... files) {
        return of(AnswerOptions.standard(), files);
    }

    Optional<String> load(String... files) {
        return configuration.load(() -> IntStream.range(0, files.length)
                .mapToObj(i -> DescriptorYaml.read("file" + i, files[i]))
                .toList());
    }

    /** @param entries {@code key=value}, with commas */
    RateLimitAnswer ask(String domain, String... entries) {
        return ask(json(domain, "", entries));
    }

    RateLimitAnswer ask(String json) {
        return limiter.decide(RateLimitJson.query(json)).toCompletableFuture().join();
    }

    long count(String statistic) {
        return statistics.snapshot().getOrDefault("ratelimit.service." + statistic, 0L);
    }

    /** @param more further fields of the request, with a comma before them */
    static String json(String domain, String more, String... descriptors) {
        return "{\"domain\":\"" + domain + "\"" + more + ",\"descriptors\":["
                + String.join(",", List.of(descriptors).stream().map(Service::descriptor).toList()) + "]}";
    }

    private static String descriptor(String entries) {
        StringBuilder json = new StringBuilder("{\"entries\":[");
        for (String entry : entries.split(",")) {
            String[] parts = entry.split("=", 2);
            json.append(json.length() > 12 ? "," : "").append("{\"key\":\"").append(parts[0]).append("\",\"value\":\"").append(parts.length > 1 ? parts[1] : "").append("\"}");
        }
        return json.append("]}").toString();
    }
}
