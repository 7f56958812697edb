package dev.gatehouse.state.limit;

import dev.gatehouse.state.StateUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Sends many callers' hits as one call: those that come while calls are on their way wait and go together, so that a busy store is
 * asked seldom and much, and an idle one at once.
 */
final class GroupedAdds {

    private static final int MOST_UNDER_WAY = 2;
    private static final int MOST_HITS = 256;

    private record Waiting(List<Hit> hits, CompletableFuture<List<Level>> answer) {}

    private final Function<List<Hit>, CompletionStage<List<Level>>> store;
    private List<Waiting> waiting = new ArrayList<>();
    private int underWay;

    GroupedAdds(Function<List<Hit>, CompletionStage<List<Level>>> store) {
        this.store = store;
    }

    CompletionStage<List<Level>> add(List<Hit> hits) {
        CompletableFuture<List<Level>> answer = new CompletableFuture<>();
        List<Waiting> group;
        synchronized (this) {
            waiting.add(new Waiting(hits, answer));
            group = next();
        }
        send(group);
        return answer;
    }

    /** What goes now; nothing while enough is under way. */
    private List<Waiting> next() {
        if (underWay >= MOST_UNDER_WAY || waiting.isEmpty()) {
            return List.of();
        }
        underWay++;
        int size = 0;
        int hits = 0;
        while (size < waiting.size() && (size == 0 || hits + waiting.get(size).hits().size() <= MOST_HITS)) {
            hits += waiting.get(size++).hits().size();
        }
        List<Waiting> group = waiting.subList(0, size);
        waiting = new ArrayList<>(waiting.subList(size, waiting.size()));
        return group;
    }

    private void send(List<Waiting> group) {
        if (group.isEmpty()) {
            return;
        }
        List<Hit> hits = new ArrayList<>();
        group.forEach(call -> hits.addAll(call.hits()));
        ask(hits).whenComplete((levels, error) -> {
            if (error == null) {
                sendNext();
                answer(group, levels);
            } else {
                fail(group, cause(error));
            }
        });
    }

    private CompletionStage<List<Level>> ask(List<Hit> hits) {
        try {
            return store.apply(hits);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void sendNext() {
        List<Waiting> group;
        synchronized (this) {
            underWay--;
            group = next();
        }
        send(group);
    }

    private static void answer(List<Waiting> group, List<Level> levels) {
        int from = 0;
        for (Waiting call : group) {
            call.answer().complete(levels.subList(from, from + call.hits().size()));
            from += call.hits().size();
        }
    }

    /** Those that wait fail too: they came later, and would else wait longer than a call may take. */
    private void fail(List<Waiting> group, Throwable cause) {
        List<Waiting> all = new ArrayList<>(group);
        synchronized (this) {
            underWay--;
            all.addAll(waiting);
            waiting = new ArrayList<>();
        }
        all.forEach(call -> call.answer().completeExceptionally(cause));
    }

    private static Throwable cause(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof StateUnavailable ? cause : new StateUnavailable("the limits' store failed: " + cause.getClass().getSimpleName(), cause);
    }
}
