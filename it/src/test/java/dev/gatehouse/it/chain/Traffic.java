package dev.gatehouse.it.chain;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client of every way through a gateway, who asks by turns what must be answered and what must be blocked, until this is closed. Each
 * request is of a team of its own ({@code x-team}), so that no limit of a team's ends it.
 */
public final class Traffic implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(20);
    private static final int BLOCKED = 400;

    private final String forbidden;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean ends;

    private Traffic(String forbidden) {
        this.forbidden = forbidden;
    }

    /** @param forbidden a text that the policy blocks all the time */
    public static Traffic start(List<Way> ways, String forbidden) {
        Traffic traffic = new Traffic(forbidden);
        ways.forEach(way -> traffic.clients.execute(() -> traffic.ask(way)));
        return traffic;
    }

    /** How many requests have been answered, rightly or not. */
    public int answered() {
        return answered.get();
    }

    /** The answers that were not as they must be; empty when all were. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    private void ask(Way way) {
        while (!ends) {
            expect(way, "hi", 200);
            expect(way, forbidden, BLOCKED);
            LockSupport.parkNanos(PACE.toNanos());
        }
    }

    private void expect(Way way, String text, int status) {
        String answer = answer(way, text);
        answered.incrementAndGet();
        if (!answer.equals(String.valueOf(status))) {
            wrong.add(way.name() + " " + text + ": " + answer);
        }
    }

    private String answer(Way way, String text) {
        try {
            String id = Client.newTestId();
            return String.valueOf(Client.send(Client.chat(way.listener(), id, Client.prompt(text)).header("x-team", id)).statusCode());
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
