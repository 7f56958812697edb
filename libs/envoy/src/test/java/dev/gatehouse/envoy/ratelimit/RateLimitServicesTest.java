package dev.gatehouse.envoy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UInt64Value;
import com.google.protobuf.UnknownFieldSet;
import dev.gatehouse.envoy.EnvoyServer;
import dev.gatehouse.envoy.proto.budgets.BudgetsGrpc;
import dev.gatehouse.envoy.proto.budgets.Candidate;
import dev.gatehouse.envoy.proto.budgets.PeekRequest;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.CurrentLimit;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Header;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Status;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor.Entry;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor.RateLimitOverride;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the messages reaches the interfaces, and what of the answers reaches the host, over a real connection. */
class RateLimitServicesTest {

    private RateLimitQuery asked;
    private CompletionStage<RateLimitAnswer> answer = CompletableFuture.completedStage(ok(List.of()));
    private EnvoyServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        RateLimiter limiter = query -> {
            asked = query;
            return answer;
        };
        Limitador limitador = new Limitador() {
            @Override
            public CompletionStage<RateLimitAnswer.Code> check(RateLimitQuery query) {
                asked = query;
                return CompletableFuture.completedStage(RateLimitAnswer.Code.OVER_LIMIT);
            }

            @Override
            public CompletionStage<Void> report(RateLimitQuery query) {
                asked = query;
                return CompletableFuture.completedStage(null);
            }
        };
        Budgets budgets = question -> CompletableFuture.completedStage(List.of(new Budgets.Budget(
                question.candidates().getFirst().name(), true, "daily/" + question.tenant(), 7, 10, Duration.ofMillis(1500))));
        server = new EnvoyServer(EnvoyServer.Settings.plain("127.0.0.1", 0),
                List.of(new RateLimitService(limiter), new LimitadorService(limitador), new BudgetsService(budgets)), List.of("ratelimit"));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void everyFieldOfARequestIsRead() {
        ask(RateLimitRequest.newBuilder().setDomain("shop").setHitsAddend(-1)
                .addDescriptors(RateLimitDescriptor.newBuilder()
                        .addEntries(Entry.newBuilder().setKey("user").setValue("ann"))
                        .setLimit(RateLimitOverride.newBuilder().setRequestsPerUnit(-1).setUnitValue(7))
                        .setHitsAddend(UInt64Value.of(0)))
                .addDescriptors(RateLimitDescriptor.newBuilder()
                        .setUnknownFields(UnknownFieldSet.newBuilder()
                                .addField(4, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                                .build()))
                .build());
        assertThat(asked.domain()).isEqualTo("shop");
        RateLimitQuery.Descriptor first = asked.descriptors().get(0);
        assertThat(first.entries()).containsExactly(new RateLimitQuery.Entry("user", "ann"));
        assertThat(first.override()).contains(new RateLimitQuery.Override(4294967295L, Optional.of(LimitUnit.WEEK)));
        assertThat(asked.hits(first)).isZero();
        assertThat(first.refund()).isFalse();
        RateLimitQuery.Descriptor second = asked.descriptors().get(1);
        assertThat(asked.hits(second)).isEqualTo(4294967295L);
        assertThat(second.refund()).isTrue();
    }

    @Test
    void everyFieldOfAnAnswerIsSent() {
        answer = CompletableFuture.completedStage(new RateLimitAnswer(
                RateLimitAnswer.Code.OVER_LIMIT,
                List.of(new Status(RateLimitAnswer.Code.OVER_LIMIT, Optional.of(new CurrentLimit("n", 5, LimitUnit.MONTH)), 0, 42),
                        new Status(RateLimitAnswer.Code.OK, Optional.empty(), 4294967295L, 0)),
                List.of(new Header("RateLimit-Limit", "5")),
                Optional.of(Map.of("domain", "shop", "list", List.of(1, true), "tree", Map.of("a", "b")))));
        RateLimitResponse response = ask(RateLimitRequest.getDefaultInstance());
        assertThat(response.getOverallCode()).isEqualTo(RateLimitResponse.Code.OVER_LIMIT);
        assertThat(response.getStatuses(0).getCurrentLimit().getUnit()).isEqualTo(RateLimitResponse.RateLimit.Unit.MONTH);
        assertThat(response.getStatuses(0).getCurrentLimit().getName()).isEqualTo("n");
        assertThat(response.getStatuses(0).getDurationUntilReset().getSeconds()).isEqualTo(42);
        assertThat(response.getStatuses(1).hasCurrentLimit()).isFalse();
        assertThat(response.getStatuses(1).hasDurationUntilReset()).isFalse();
        assertThat(response.getStatuses(1).getLimitRemaining()).isEqualTo(-1);
        assertThat(response.getResponseHeadersToAdd(0).getKey()).isEqualTo("RateLimit-Limit");
        assertThat(response.getDynamicMetadata().getFieldsOrThrow("list").getListValue().getValues(0).getNumberValue()).isEqualTo(1);
        assertThat(response.getDynamicMetadata().getFieldsOrThrow("tree").getStructValue().getFieldsOrThrow("a").getStringValue())
                .isEqualTo("b");
    }

    @Test
    void aQuestionThatIsNoneIsUnknownAndLostCountersAreUnavailable() {
        answer = CompletableFuture.failedStage(new RateLimiter.Refused("rate limit domain must not be empty"));
        assertThatThrownBy(() -> ask(RateLimitRequest.getDefaultInstance()))
                .satisfies(e -> assertThat(code(e)).isEqualTo(Code.UNKNOWN))
                .hasMessageContaining("rate limit domain must not be empty");
        answer = CompletableFuture.<RateLimitAnswer>failedFuture(new RateLimiter.Unanswerable("no counters")).thenApply(a -> a);
        assertThatThrownBy(() -> ask(RateLimitRequest.getDefaultInstance())).satisfies(e -> assertThat(code(e)).isEqualTo(Code.UNAVAILABLE));
        answer = CompletableFuture.failedStage(new IllegalStateException("secret"));
        assertThatThrownBy(() -> ask(RateLimitRequest.getDefaultInstance()))
                .satisfies(e -> assertThat(code(e)).isEqualTo(Code.INTERNAL))
                .hasMessageNotContaining("secret");
    }

    @Test
    void limitadorsCallsAnswerTheOverallCodeAndUnknownWithoutADomain() {
        RateLimitRequest request = RateLimitRequest.newBuilder().setDomain("shop").setHitsAddend(3).build();
        assertThat(kuadrant("CheckRateLimit", request).getOverallCode()).isEqualTo(RateLimitResponse.Code.OVER_LIMIT);
        assertThat(kuadrant("Report", request).getOverallCode()).isEqualTo(RateLimitResponse.Code.OK);
        assertThat(asked.hitsAddend()).isEqualTo(3);
        RateLimitRequest nameless = RateLimitRequest.getDefaultInstance();
        assertThat(kuadrant("CheckRateLimit", nameless)).isEqualTo(RateLimitResponse.getDefaultInstance());
        assertThat(kuadrant("Report", nameless)).isEqualTo(RateLimitResponse.getDefaultInstance());
    }

    @Test
    void budgetsArePeekedAtCandidateByCandidate() {
        BudgetsGrpc.BudgetsBlockingStub stub = BudgetsGrpc.newBlockingStub(channel);
        PeekRequest.Builder request = PeekRequest.newBuilder();
        request.getIdentityBuilder().setTenant("acme");
        assertThatThrownBy(() -> stub.peek(request.build())).satisfies(e -> assertThat(code(e)).isEqualTo(Code.INVALID_ARGUMENT));
        request.addCandidates(Candidate.newBuilder().setName("big"));
        assertThat(stub.peek(request.build()).getBudgetsList()).singleElement().satisfies(budget -> {
            assertThat(budget.getCandidate()).isEqualTo("big");
            assertThat(budget.getLimit()).isEqualTo("daily/acme");
            assertThat(budget.getReset().getNanos()).isEqualTo(500_000_000);
        });
    }

    @Test
    void healthIsAlsoAskedForByName() {
        HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
        HealthCheckRequest ratelimit = HealthCheckRequest.newBuilder().setService("ratelimit").build();
        assertThat(health.check(ratelimit).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        server.ready(true);
        assertThat(health.check(ratelimit).getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void jsonIsReadAndWrittenByProtobufsMapping() {
        RateLimitQuery query = RateLimitJson.query(
                "{\"domain\":\"shop\",\"hitsAddend\":2,\"descriptors\":[{\"entries\":[{\"key\":\"a\"}],\"hits_addend\":\"7\"}]}");
        assertThat(query.hits(query.descriptors().getFirst())).isEqualTo(7);
        assertThatThrownBy(() -> RateLimitJson.query("{\"domain\":\"shop\",\"secret\":1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThat(RateLimitJson.text(ok(List.of(new Status(RateLimitAnswer.Code.OK, Optional.of(new CurrentLimit("", 5, LimitUnit.HOUR)), 4, 60)))))
                .isEqualTo("{\"overallCode\":\"OK\",\"statuses\":[{\"code\":\"OK\",\"currentLimit\":{\"requestsPerUnit\":5,\"unit\":\"HOUR\"},"
                        + "\"limitRemaining\":4,\"durationUntilReset\":\"60s\"}]}");
    }

    private RateLimitResponse ask(RateLimitRequest request) {
        return RateLimitServiceGrpc.newBlockingStub(channel).shouldRateLimit(request);
    }

    private RateLimitResponse kuadrant(String method, RateLimitRequest request) {
        return ClientCalls.blockingUnaryCall(channel.newCall(
                MethodDescriptor.<RateLimitRequest, RateLimitResponse>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("kuadrant.service.ratelimit.v1.RateLimitService/" + method)
                        .setRequestMarshaller(ProtoUtils.marshaller(RateLimitRequest.getDefaultInstance()))
                        .setResponseMarshaller(ProtoUtils.marshaller(RateLimitResponse.getDefaultInstance()))
                        .build(),
                io.grpc.CallOptions.DEFAULT), request);
    }

    private static RateLimitAnswer ok(List<Status> statuses) {
        return new RateLimitAnswer(RateLimitAnswer.Code.OK, statuses, List.of(), Optional.empty());
    }

    private static Code code(Throwable error) {
        return ((StatusRuntimeException) error).getStatus().getCode();
    }
}
