package dev.gatehouse.it.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The start line of a deployment of envoyproxy/ratelimit with the program swapped, behind a real Envoy. The cases are the same for both
 * programs; those for the Go program are skipped without GATEHOUSE_RATELIMIT_GO.
 */
class DropInTest {

    private static final String LIMITS = """
            domain: edge
            descriptors:
              - key: user
                rate_limit: {unit: day, requests_per_unit: 2}
                descriptors:
                  - {key: path, rate_limit: {unit: day, requests_per_unit: 3}}
                  - {key: path, value: banned, rate_limit: {name: ban, unit: day, requests_per_unit: 0}}
                  - {key: path, value: watched, shadow_mode: true, rate_limit: {unit: day, requests_per_unit: 1}}
                  - {key: path, value: open, rate_limit: {unlimited: true}}
              - key: user
                value: team-*
                share_threshold: true
                rate_limit: {unit: day, requests_per_unit: 2}
              - key: team
                value: red
                descriptors:
                  - {key: role, value: admin, rate_limit: {unit: day, requests_per_unit: 2, replaces: [{name: ban}]}}
              - {key: extra, detailed_metric: true, rate_limit: {unit: day, requests_per_unit: 1}}
              - {key: model, rate_limit: {unit: day, requests_per_unit: 5}}
            """;

    @TempDir
    Path root;

    @ParameterizedTest
    @EnumSource
    void anExistingDeploymentChangesTheProgramAndNothingElse(RateLimitBed.Service which) throws Exception {
        try (RateLimitBed bed = new RateLimitBed(which, root, LIMITS)) {
            aLimitByAHeaderHoldsAndItsHeadersTell(bed);
            nestedLimitsHoldAtTheirDepth(bed);
            aBanIsReplacedForThoseWhoMay(bed);
            tokensAreChargedWhenTheStreamIsDone(bed);
            pagesAnswer(bed);
            statisticsHaveTheirNames(bed);
        }
    }

    private static void aLimitByAHeaderHoldsAndItsHeadersTell(RateLimitBed bed) throws Exception {
        HttpResponse<String> first = bed.get("/one", "user", "ann");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("x-ratelimit-limit")).contains("2, 2;w=86400");
        assertThat(first.headers().firstValue("x-ratelimit-remaining")).contains("1");
        assertThat(first.headers().firstValueAsLong("x-ratelimit-reset").orElseThrow()).isBetween(1L, 86400L);
        assertThat(first.headers().firstValue("ratelimit-limit")).contains("2");
        assertThat(codes(bed, 2, "/one", "user", "ann")).containsExactly(200, 429);
        assertThat(bed.get("/one", "user", "ann").headers().firstValue("x-envoy-ratelimited")).contains("true");
        assertThat(codes(bed, 1, "/one", "user", "team-a")).containsExactly(200);
        assertThat(codes(bed, 2, "/one", "user", "team-b")).containsExactly(200, 429);
    }

    private static void nestedLimitsHoldAtTheirDepth(RateLimitBed bed) throws Exception {
        assertThat(codes(bed, 4, "/two", "user", "bob", "path", "any")).containsExactly(200, 200, 200, 429);
        assertThat(codes(bed, 3, "/two", "user", "bob", "path", "watched")).containsExactly(200, 200, 200);
        assertThat(codes(bed, 5, "/two", "user", "bob", "path", "open")).containsOnly(200);
    }

    private static void aBanIsReplacedForThoseWhoMay(RateLimitBed bed) throws Exception {
        assertThat(codes(bed, 1, "/two", "user", "eve", "path", "banned")).containsExactly(429);
        assertThat(codes(bed, 1, "/two", "user", "eve", "path", "banned", "team", "red", "role", "guest")).containsExactly(429);
        assertThat(codes(bed, 3, "/two", "user", "eve", "path", "banned", "team", "red", "role", "admin")).containsExactly(200, 200, 429);
    }

    /** A look of 0 hits before, 3 hits after: 5 are exceeded after the second, so the third is the first to be refused. */
    private static void tokensAreChargedWhenTheStreamIsDone(RateLimitBed bed) throws Exception {
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            codes.add(bed.get("/tokens", "model", "big").statusCode());
            awaitCount(bed, 3L * Math.min(i + 1, 2));
        }
        assertThat(codes).containsExactly(200, 200, 429);
    }

    private static void awaitCount(RateLimitBed bed, long hits) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end && !bed.metrics().contains("ratelimit_service_rate_limit_total_hits{domain=\"edge\",key1=\"model\"} " + hits)) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static void pagesAnswer(RateLimitBed bed) throws Exception {
        assertThat(bed.page("/healthcheck").body()).isEqualTo("OK");
        String question = "{\"domain\":\"edge\",\"descriptors\":[{\"entries\":[{\"key\":\"extra\",\"value\":\"x\"}]}]}";
        assertThat(bed.json(question).statusCode()).isEqualTo(200);
        assertThat(bed.json(question).statusCode()).isEqualTo(429);
        assertThat(bed.json("{\"domain\":\"\"}").statusCode()).isEqualTo(400);
        assertThat(bed.json("nonsense").statusCode()).isEqualTo(400);
        assertThat(bed.debug("/rlconfig")).contains("edge.user: unit=DAY requests_per_unit=2, shadow_mode: false, quota_mode: false\n");
    }

    private static void statisticsHaveTheirNames(RateLimitBed bed) throws Exception {
        String over = "ratelimit_service_rate_limit_over_limit{domain=\"edge\",key1=\"extra_x\"} 1";
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end && !bed.metrics().contains(over)) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        assertThat(bed.metrics()).contains(over, "ratelimit_service_rate_limit_shadow_mode{domain=\"edge\",key1=\"user\",key2=\"path_watched\"} 2");
    }

    private static List<Integer> codes(RateLimitBed bed, int times, String path, String... headers) throws Exception {
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            codes.add(bed.get(path, headers).statusCode());
        }
        return codes;
    }
}
