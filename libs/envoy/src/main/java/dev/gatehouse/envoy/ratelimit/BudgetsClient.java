package dev.gatehouse.envoy.ratelimit;

import dev.gatehouse.envoy.client.ClientTls;
import dev.gatehouse.envoy.proto.budgets.BudgetsGrpc;
import dev.gatehouse.envoy.proto.budgets.PeekRequest;
import dev.gatehouse.envoy.proto.budgets.PeekResponse;
import dev.gatehouse.envoy.ratelimit.RateLimiter.Unanswerable;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Asks {@code gatehouse.v1.Budgets/Peek} of a rate limit service. Connects at the first question and anew after a connection broke;
 * a question does not wait for that longer than its deadline.
 */
public final class BudgetsClient implements Budgets, AutoCloseable {

    /**
     * @param server   {@code host:port}
     * @param tls      plain text without
     * @param deadline the longest that one question may take
     */
    public record Settings(String server, Optional<ClientTls> tls, Duration deadline) {}

    private final ManagedChannel channel;
    private final Duration deadline;

    /** @throws IOException when a certificate cannot be read */
    public BudgetsClient(Settings settings) throws IOException {
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(settings.server()).keepAliveTime(30, TimeUnit.SECONDS).directExecutor();
        this.channel = settings.tls().isEmpty() ? builder.usePlaintext().build() : settings.tls().get().secure(builder).build();
        this.deadline = settings.deadline();
    }

    /** Fails with {@link Unanswerable}, whose message is the gRPC status alone, also where the answer does not fit the question. */
    @Override
    public CompletionStage<List<Budget>> peek(Question question) {
        CompletableFuture<List<Budget>> budgets = new CompletableFuture<>();
        BudgetsGrpc.newStub(channel).withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS).peek(request(question), new StreamObserver<>() {
            @Override
            public void onNext(PeekResponse response) {
                complete(budgets, response, question);
            }

            @Override
            public void onError(Throwable error) {
                budgets.completeExceptionally(new Unanswerable(Status.fromThrowable(error).getCode().name()));
            }

            @Override
            public void onCompleted() {
                budgets.completeExceptionally(new Unanswerable("no answer"));
            }
        });
        return budgets;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static void complete(CompletableFuture<List<Budget>> budgets, PeekResponse response, Question question) {
        if (response.getBudgetsCount() == question.candidates().size()) {
            budgets.complete(response.getBudgetsList().stream().map(BudgetsClient::budget).toList());
        } else {
            budgets.completeExceptionally(new Unanswerable("an answer to another question"));
        }
    }

    private static PeekRequest request(Question question) {
        PeekRequest.Builder request = PeekRequest.newBuilder().putAllAttributes(question.attributes());
        request.getIdentityBuilder().setPrincipal(question.principal()).setTenant(question.tenant()).setConversation(question.conversation());
        question.candidates().forEach(candidate -> request.addCandidatesBuilder().setName(candidate.name()).setModel(candidate.model())
                .setBackend(candidate.backend()).setInputTokens(candidate.inputTokens()).setOutputTokens(candidate.outputTokens()));
        return request.build();
    }

    private static Budget budget(dev.gatehouse.envoy.proto.budgets.Budget told) {
        Duration reset = Duration.ofSeconds(told.getReset().getSeconds(), told.getReset().getNanos());
        return new Budget(told.getCandidate(), told.getAdmitted(), told.getLimit(), told.getRemaining(), told.getAmount(), reset);
    }
}
