package dev.gatehouse.ratelimit.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.envoy.ratelimit.RateLimitAnswer;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Code;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Header;
import dev.gatehouse.envoy.ratelimit.RateLimitJson;
import dev.gatehouse.envoy.ratelimit.RateLimitQuery;
import dev.gatehouse.envoy.ratelimit.RateLimitQuery.Descriptor;
import dev.gatehouse.envoy.ratelimit.RateLimitQuery.Entry;
import dev.gatehouse.envoy.ratelimit.RateLimiter;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.limit.Algorithm.TokenBucket;
import dev.gatehouse.state.limit.AsyncLimits;
import dev.gatehouse.state.limit.Bucket;
import dev.gatehouse.state.limit.Hit;
import dev.gatehouse.state.limit.Level;
import dev.gatehouse.state.limit.MemoryLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DescriptorLimiterTest {

    private static final String SHOP = """
            domain: shop
            descriptors:
              - key: user
                rate_limit: {unit: hour, requests_per_unit: 2}
              - key: user
                value: vip
                rate_limit: {unit: hour, requests_per_unit: 4}
              - key: path
                value: /files/*
                share_threshold: true
                rate_limit: {unit: hour, requests_per_unit: 1}
              - key: path
                value: /a*c
                rate_limit: {unit: hour, requests_per_unit: 1}
              - key: team
                value: red
                descriptors:
                  - key: role
                    rate_limit: {unit: day, requests_per_unit: 1}
              - key: free
                rate_limit: {unlimited: true}
              - key: trial
                shadow_mode: true
                rate_limit: {unit: hour, requests_per_unit: 1}
            """;

    private final Service shop = Service.of(SHOP);

    @Test
    void theMostSpecificValueWinsOverTheBareKey() {
        assertThat(codes(shop, 5, "user=vip")).containsExactly(Code.OK, Code.OK, Code.OK, Code.OK, Code.OVER_LIMIT);
        assertThat(codes(shop, 3, "user=ann")).containsExactly(Code.OK, Code.OK, Code.OVER_LIMIT);
        assertThat(codes(shop, 1, "user=bob")).containsExactly(Code.OK);
    }

    @Test
    void aWildcardCountsEveryValueForItselfUnlessItSharesItsThreshold() {
        assertThat(codes(shop, 1, "path=/abc")).containsExactly(Code.OK);
        assertThat(codes(shop, 2, "path=/axxc")).containsExactly(Code.OK, Code.OVER_LIMIT);
        assertThat(codes(shop, 1, "path=/axd")).containsExactly(Code.OK);
        assertThat(codes(shop, 1, "path=/files/a")).containsExactly(Code.OK);
        assertThat(codes(shop, 1, "path=/files/b")).containsExactly(Code.OVER_LIMIT);
    }

    @Test
    void aLimitHoldsOnlyAtTheDepthAtWhichItIsWritten() {
        assertThat(codes(shop, 3, "team=red")).containsOnly(Code.OK);
        assertThat(codes(shop, 2, "team=red,role=dev")).containsExactly(Code.OK, Code.OVER_LIMIT);
        assertThat(codes(shop, 3, "team=red,role=dev,more=1")).containsOnly(Code.OK);
        assertThat(codes(shop, 3, "user=ann,role=dev")).containsOnly(Code.OK);
    }

    @Test
    void whatMatchesNoLimitIsOkWithoutOneAndWhatIsUnlimitedHasAllLeft() {
        RateLimitAnswer answer = shop.ask("shop", "other=1", "free=1");
        assertThat(answer.overall()).isEqualTo(Code.OK);
        assertThat(answer.statuses().get(0)).isEqualTo(new RateLimitAnswer.Status(Code.OK, Optional.empty(), 0, 0));
        assertThat(answer.statuses().get(1)).isEqualTo(new RateLimitAnswer.Status(Code.OK, Optional.empty(), 4294967295L, 0));
        assertThat(shop.ask("nowhere", "user=ann").overall()).isEqualTo(Code.OK);
        assertThat(shop.count("rate_limit.nowhere.domain_not_found")).isEqualTo(1);
    }

    @Test
    void aStatusTellsLimitRemainderAndSecondsToTheEndOfTheWindow() {
        RateLimitAnswer.Status status = shop.ask("shop", "user=ann").statuses().getFirst();
        assertThat(status.limit().orElseThrow().requestsPerUnit()).isEqualTo(2);
        assertThat(status.remaining()).isEqualTo(1);
        assertThat(status.secondsUntilReset()).isBetween(1L, 3600L);
    }

    @Test
    void oneExceededDescriptorRefusesAndTheOthersAreCountedAllTheSame() {
        codes(shop, 2, "user=ann");
        assertThat(shop.ask("shop", "user=ann", "user=bob").overall()).isEqualTo(Code.OVER_LIMIT);
        assertThat(codes(shop, 2, "user=bob")).containsExactly(Code.OK, Code.OVER_LIMIT);
    }

    @Test
    void aLimitInShadowModeCountsAndNeverRefuses() {
        assertThat(codes(shop, 3, "trial=x")).containsOnly(Code.OK);
        assertThat(shop.count("rate_limit.shop.trial.shadow_mode")).isEqualTo(2);
        assertThat(shop.count("rate_limit.shop.trial.over_limit")).isEqualTo(2);
    }

    @Test
    void hitsComeFromTheDescriptorElseTheRequestElseAreOne() {
        String two = Service.json("shop", ",\"hitsAddend\":2", "user=vip");
        assertThat(shop.ask(two).statuses().getFirst().remaining()).isEqualTo(2);
        String look = "{\"domain\":\"shop\",\"hitsAddend\":9,\"descriptors\":[{\"hitsAddend\":\"0\",\"entries\":[{\"key\":\"user\",\"value\":\"vip\"}]}]}";
        assertThat(shop.ask(look).statuses().getFirst().remaining()).isEqualTo(2);
        assertThat(shop.ask(two).overall()).isEqualTo(Code.OK);
        assertThat(shop.ask(look).overall()).isEqualTo(Code.OK);
        assertThat(shop.ask(two).overall()).isEqualTo(Code.OVER_LIMIT);
        assertThat(shop.ask(look).overall()).isEqualTo(Code.OVER_LIMIT);
    }

    @Test
    void negativeHitsGiveBackAndNeverBelowZero() {
        codes(shop, 3, "user=ann");
        assertThat(refund("ann", 2).statuses().getFirst().remaining()).isEqualTo(1);
        assertThat(refund("ann", 50).statuses().getFirst().remaining()).isEqualTo(2);
        assertThat(codes(shop, 3, "user=ann")).containsExactly(Code.OK, Code.OK, Code.OVER_LIMIT);
    }

    @Test
    void aRefundOpensALimitThatWasRememberedAsExceeded() {
        AnswerOptions remembering = new AnswerOptions(false, false, Optional.empty(), false, 0.8f, false, "", 100);
        Service service = Service.of(remembering, SHOP);
        codes(service, 4, "user=ann");
        assertThat(service.count("rate_limit.shop.user.over_limit_with_local_cache")).isEqualTo(1);
        service.limiter.decide(refundOf("ann", 5)).toCompletableFuture().join();
        assertThat(codes(service, 1, "user=ann")).containsExactly(Code.OK);
    }

    @Test
    void aLimitThatTheHostBringsAlongTakesThePlaceOfTheConfiguredOne() {
        String override = "{\"domain\":\"shop\",\"descriptors\":[{\"limit\":{\"requestsPerUnit\":1,\"unit\":\"DAY\"},"
                + "\"entries\":[{\"key\":\"user\",\"value\":\"vip\"}]}]}";
        assertThat(shop.ask(override).overall()).isEqualTo(Code.OK);
        assertThat(shop.ask(override).overall()).isEqualTo(Code.OVER_LIMIT);
        assertThat(shop.count("rate_limit.shop.user_vip.over_limit")).isEqualTo(1);
    }

    @Test
    void aLimitReplacesAnotherByName() {
        Service service = Service.of("""
                domain: d
                descriptors:
                  - key: a
                    rate_limit: {name: base, unit: hour, requests_per_unit: 0}
                  - key: b
                    rate_limit: {unit: hour, requests_per_unit: 1, replaces: [{name: base}]}
                """);
        assertThat(service.ask("d", "a=1").overall()).isEqualTo(Code.OVER_LIMIT);
        assertThat(service.ask("d", "a=1", "b=1").overall()).isEqualTo(Code.OK);
        assertThat(service.ask("d", "a=1", "b=1").statuses()).extracting(RateLimitAnswer.Status::code).containsExactly(Code.OK, Code.OVER_LIMIT);
    }

    @Test
    void limitsInQuotaModeRefuseOnlyTogetherAndThoseWithRoomSayWhatTheyKnow() {
        AnswerOptions options = new AnswerOptions(false, false, Optional.empty(), true, 0.8f, false, "", 0);
        Service service = Service.of(options, """
                domain: d
                descriptors:
                  - key: service
                    value: one
                    quota_mode: true
                    rate_limit: {unit: hour, requests_per_unit: 1}
                    metadata: {route: {name: one, weights: [1, 2.5, true]}}
                  - key: service
                    value: two
                    quota_mode: true
                    rate_limit: {unit: hour, requests_per_unit: 2}
                    metadata: {route: {name: two, other: 7}}
                """);
        Map<String, Object> first = service.ask("d", "service=one", "service=two").metadata().orElseThrow();
        assertThat(first).containsEntry("metadata", Map.of("route", Map.of("name", "one", "weights", List.of(1, 2.5, true), "other", 7)));
        assertThat(first.get("descriptors").toString()).contains("service=one").contains("service=two");
        RateLimitAnswer second = service.ask("d", "service=one", "service=two");
        assertThat(second.overall()).isEqualTo(Code.OK);
        assertThat(second.metadata().orElseThrow()).containsEntry("metadata", Map.of("route", Map.of("name", "two", "other", 7)));
        assertThat(service.ask("d", "service=one", "service=two").overall()).isEqualTo(Code.OVER_LIMIT);
    }

    @Test
    void responseHeadersTellOfTheLimitThatIsNearestToItsEnd() {
        AnswerOptions options = new AnswerOptions(false, false,
                Optional.of(new AnswerOptions.HeaderNames("L", "R", "T")), false, 0.8f, false, "", 0);
        Service service = Service.of(options, SHOP);
        assertThat(service.ask("shop", "user=vip", "user=ann").headers()).extracting(Header::name, Header::value)
                .startsWith(tuple("L", "2"), tuple("R", "1"));
        assertThat(service.ask("shop", "other=1").headers()).isEmpty();
    }

    @Test
    void globalShadowModeTellsAllStatusesAndRefusesNothing() {
        Service service = Service.of(new AnswerOptions(true, false, Optional.empty(), false, 0.8f, false, "", 0), SHOP);
        codes(service, 2, "user=ann");
        RateLimitAnswer answer = service.ask("shop", "user=ann");
        assertThat(answer.overall()).isEqualTo(Code.OK);
        assertThat(answer.statuses().getFirst().code()).isEqualTo(Code.OVER_LIMIT);
        assertThat(service.count("global_shadow_mode")).isEqualTo(1);
    }

    @Test
    void whereOneLimitIsExceededTheOthersAreNotCountedIfSoWished() {
        Service service = Service.of(new AnswerOptions(false, false, Optional.empty(), false, 0.8f, true, "", 0), SHOP);
        codes(service, 2, "user=ann");
        assertThat(service.ask("shop", "user=ann", "user=bob").overall()).isEqualTo(Code.OVER_LIMIT);
        assertThat(codes(service, 3, "user=bob")).containsExactly(Code.OK, Code.OK, Code.OVER_LIMIT);
    }

    @Test
    void statisticsCountHitsNearAndBeyondTheLimit() {
        Service service = Service.of("domain: d\ndescriptors: [{key: k, rate_limit: {unit: day, requests_per_unit: 10}}]");
        service.ask(Service.json("d", ",\"hitsAddend\":7", "k=v"));
        service.ask(Service.json("d", ",\"hitsAddend\":2", "k=v"));
        service.ask(Service.json("d", ",\"hitsAddend\":3", "k=v"));
        service.ask(Service.json("d", ",\"hitsAddend\":2", "k=v"));
        assertThat(service.count("rate_limit.d.k.total_hits")).isEqualTo(14);
        assertThat(service.count("rate_limit.d.k.within_limit")).isEqualTo(9);
        assertThat(service.count("rate_limit.d.k.near_limit")).isEqualTo(2);
        assertThat(service.count("rate_limit.d.k.over_limit")).isEqualTo(4);
    }

    @Test
    void statisticsAreNamedByTheTreeOrByTheRequestsValues() {
        Service service = Service.of("""
                domain: d
                descriptors:
                  - {key: plain, rate_limit: {unit: day, requests_per_unit: 9}}
                  - {key: detailed, detailed_metric: true, rate_limit: {unit: day, requests_per_unit: 9}}
                  - {key: value, value_to_metric: true, rate_limit: {unit: day, requests_per_unit: 9}}
                  - {key: wild, value: a*, value_to_metric: true, rate_limit: {unit: day, requests_per_unit: 9}}
                  - {key: shared, value: a*, share_threshold: true, detailed_metric: true, rate_limit: {unit: day, requests_per_unit: 9}}
                """);
        for (String name : List.of("plain", "detailed", "value", "wild", "shared")) {
            service.ask("d", name + "=a1");
        }
        service.ask("d", "value=10.0.0.1:80|x");
        assertThat(service.statistics.snapshot().keySet()).contains(
                "ratelimit.service.rate_limit.d.plain.total_hits",
                "ratelimit.service.rate_limit.d.detailed_a1.total_hits",
                "ratelimit.service.rate_limit.d.value_a1.total_hits",
                "ratelimit.service.rate_limit.d.wild_a1.total_hits",
                "ratelimit.service.rate_limit.d.shared_a*.total_hits",
                "ratelimit.service.rate_limit.d.value_10_0_0_1_80_x.total_hits");
    }

    @Test
    void aQuestionWithoutDomainOrDescriptorsOrConfigurationIsRefused() {
        assertThatThrownBy(() -> shop.ask("", "user=ann")).isInstanceOf(RateLimiter.Refused.class).hasMessage("rate limit domain must not be empty");
        assertThatThrownBy(() -> shop.ask("{\"domain\":\"shop\"}")).hasMessage("rate limit descriptor list must not be empty");
        Service empty = new Service(AnswerOptions.standard(), AsyncLimits.atOnce(new MemoryLimits(10)), SharedLimits.none());
        assertThatThrownBy(() -> empty.ask("shop", "user=ann")).hasMessage("no rate limit configuration loaded");
        assertThat(shop.count("call.should_rate_limit.service_error")).isEqualTo(2);
    }

    @Test
    void aStoreThatIsAwayIsToldAndCounted() {
        AsyncLimits away = new AsyncLimits() {
            @Override
            public CompletionStage<List<Level>> peek(List<Bucket> buckets) {
                return CompletableFuture.failedFuture(new StateUnavailable("Redis is away"));
            }

            @Override
            public CompletionStage<List<Level>> add(List<Hit> hits) {
                return CompletableFuture.failedFuture(new StateUnavailable("Redis is away"));
            }
        };
        Service service = new Service(AnswerOptions.standard(), away, SharedLimits.none());
        service.load(SHOP);
        assertThatThrownBy(() -> service.ask("shop", "user=ann"))
                .isInstanceOf(CompletionException.class).hasCauseInstanceOf(RateLimiter.Unanswerable.class);
        assertThat(service.count("call.should_rate_limit.redis_error")).isEqualTo(1);
        assertThat(service.ask("shop", "free=1").overall()).isEqualTo(Code.OK);
    }

    @Test
    void limitadorLooksBeforeAndCountsAfterwards() {
        RateLimitQuery query = RateLimitJson.query(Service.json("shop", "", "user=ann"));
        for (int i = 0; i < 5; i++) {
            assertThat(shop.limiter.check(query).toCompletableFuture().join()).isEqualTo(Code.OK);
        }
        shop.limiter.report(RateLimitJson.query(Service.json("shop", ",\"hitsAddend\":5", "user=ann"))).toCompletableFuture().join();
        assertThat(shop.limiter.check(query).toCompletableFuture().join()).isEqualTo(Code.OVER_LIMIT);
    }

    @Test
    void aDescriptorNamedAfterAPolicysLimitCountsInItsBucket() {
        MemoryLimits limits = new MemoryLimits(100);
        Bucket bucket = new Bucket(new Keys(KeyedHash.random()).key("policy", "limit", "red"), new TokenBucket(5, Duration.ofDays(1), 5));
        Service service = new Service(AnswerOptions.standard(), AsyncLimits.atOnce(limits),
                (name, values) -> name.equals("chat/daily") && values.equals(List.of("red")) ? Optional.of(bucket) : Optional.empty());
        service.load("""
                domain: d
                descriptors:
                  - {key: team, rate_limit: {name: chat/daily, unit: day, requests_per_unit: 1}}
                """);
        limits.add(List.of(new Hit(bucket, 3)));
        assertThat(codes(service, 3, "d", "team=red")).containsExactly(Code.OK, Code.OK, Code.OVER_LIMIT);
        assertThat(limits.peek(List.of(bucket)).getFirst().used()).isEqualTo(6);
        assertThat(codes(service, 2, "d", "team=blue")).containsExactly(Code.OK, Code.OVER_LIMIT);
    }

    private RateLimitAnswer refund(String user, long hits) {
        return shop.limiter.decide(refundOf(user, hits)).toCompletableFuture().join();
    }

    private static RateLimitQuery refundOf(String user, long hits) {
        return new RateLimitQuery("shop", List.of(new Descriptor(List.of(new Entry("user", user)), Optional.empty(), OptionalLong.of(hits), true)), 0);
    }

    private static List<Code> codes(Service service, int times, String entries) {
        return codes(service, times, "shop", entries);
    }

    private static List<Code> codes(Service service, int times, String domain, String entries) {
        return IntStream.range(0, times).mapToObj(i -> service.ask(domain, entries).overall()).toList();
    }
}
