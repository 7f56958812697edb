package dev.gatehouse.envoy.ratelimit;

import com.google.protobuf.Duration;
import dev.gatehouse.envoy.proto.budgets.Budget;
import dev.gatehouse.envoy.proto.budgets.BudgetsGrpc;
import dev.gatehouse.envoy.proto.budgets.Candidate;
import dev.gatehouse.envoy.proto.budgets.PeekRequest;
import dev.gatehouse.envoy.proto.budgets.PeekResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** {@code gatehouse.v1.Budgets} over gRPC. Serve it with a direct executor. */
public final class BudgetsService extends BudgetsGrpc.BudgetsImplBase {

    private final Budgets budgets;

    public BudgetsService(Budgets budgets) {
        this.budgets = budgets;
    }

    @Override
    public void peek(PeekRequest request, StreamObserver<PeekResponse> call) {
        if (request.getCandidatesCount() == 0 || request.getCandidatesCount() > Budgets.Question.MAX_CANDIDATES) {
            String rule = "a peek has 1 to " + Budgets.Question.MAX_CANDIDATES + " candidates";
            call.onError(Status.INVALID_ARGUMENT.withDescription(rule).asRuntimeException());
            return;
        }
        Answers.send(() -> budgets.peek(question(request)), BudgetsService::response, call);
    }

    private static Budgets.Question question(PeekRequest request) {
        return new Budgets.Question(
                request.getIdentity().getPrincipal(),
                request.getIdentity().getTenant(),
                request.getIdentity().getConversation(),
                request.getAttributesMap(),
                request.getCandidatesList().stream().map(BudgetsService::candidate).toList());
    }

    private static Budgets.Candidate candidate(Candidate candidate) {
        return new Budgets.Candidate(
                candidate.getName(), candidate.getModel(), candidate.getBackend(), amount(candidate.getInputTokens()), amount(candidate.getOutputTokens()));
    }

    private static long amount(long unsigned) {
        return unsigned < 0 ? Long.MAX_VALUE : unsigned;
    }

    private static PeekResponse response(List<Budgets.Budget> budgets) {
        PeekResponse.Builder response = PeekResponse.newBuilder();
        budgets.forEach(budget -> response.addBudgets(budget(budget)));
        return response.build();
    }

    private static Budget budget(Budgets.Budget budget) {
        return Budget.newBuilder()
                .setCandidate(budget.candidate())
                .setAdmitted(budget.admitted())
                .setLimit(budget.limit())
                .setRemaining(budget.remaining())
                .setAmount(budget.amount())
                .setReset(Duration.newBuilder().setSeconds(budget.reset().getSeconds()).setNanos(budget.reset().getNano()))
                .build();
    }
}
