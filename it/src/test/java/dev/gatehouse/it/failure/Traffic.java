package dev.gatehouse.it.failure;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Clients of every listener of a chain, who ask by turns what must be answered and what must be blocked, until this is closed. */
final class Traffic implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(20);
    private static final int BLOCKED = 400;

    private final Chain chain;
    private final String forbidden;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean ends;

    private Traffic(Chain chain, String forbidden) {
        this.chain = chain;
        this.forbidden = forbidden;
    }

    /** @param forbidden a text that the policy blocks all the time */
    static Traffic start(Chain chain, String forbidden) {
        Traffic traffic = new Traffic(chain, forbidden);
        for (Attached attached : Attached.values()) {
            traffic.clients.execute(() -> traffic.ask(attached));
        }
        return traffic;
    }

    /** How many requests have been answered, rightly or not. */
    int answered() {
        return answered.get();
    }

    /** The answers that were not as they must be; empty when all were. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    private void ask(Attached attached) {
        while (!ends) {
            expect(attached, "hi", 200);
            expect(attached, forbidden, BLOCKED);
            LockSupport.parkNanos(PACE.toNanos());
        }
    }

    private void expect(Attached attached, String text, int status) {
        String answer = answer(attached, text);
        answered.incrementAndGet();
        if (!answer.equals(String.valueOf(status))) {
            wrong.add(attached + " " + text + ": " + answer);
        }
    }

    private String answer(Attached attached, String text) {
        try {
            return String.valueOf(Client.send(Client.chat(chain.listener(attached), Client.newTestId(), Client.prompt(text))).statusCode());
        } catch (IOException e) {
            return e.toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the answers that are due. */
    @Override
    public void close() {
        ends = true;
        clients.close();
    }
}
