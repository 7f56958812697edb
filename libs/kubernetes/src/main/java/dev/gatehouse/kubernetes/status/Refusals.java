package dev.gatehouse.kubernetes.status;

import dev.gatehouse.kubernetes.watch.ObjectType;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells of refused requests by Events of their HTTPRoutes: for each route at most one in {@link #EVERY}, with their number, and at most
 * {@link #MOST} Events for the routes with the most refusals.
 */
public final class Refusals implements AutoCloseable {

    /** How often Events are made. */
    public static final Duration EVERY = Duration.ofMinutes(1);
    /** The most Events at a time. */
    public static final int MOST = 20;

    private static final int MAX_ROUTES = 10_000;

    private final Notices notices;
    private final Duration every;
    private final Consumer<RuntimeException> onFailure;
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final Thread thread;

    Refusals(Notices notices, Duration every, Consumer<RuntimeException> onFailure) {
        this.notices = notices;
        this.every = every;
        this.onFailure = onFailure;
        this.thread = Thread.ofVirtual().name("policies-refusals").start(this::run);
    }

    /** @param route {@code namespace/name} of an HTTPRoute; what is none is not counted */
    public void count(String route) {
        if (isObject(route) && (counts.containsKey(route) || counts.size() < MAX_ROUTES)) {
            counts.merge(route, 1L, Long::sum);
        }
    }

    private static boolean isObject(String route) {
        int slash = route.indexOf('/');
        return slash > 0 && slash == route.lastIndexOf('/') && slash < route.length() - 1;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(every);
                tell();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        Map<String, Long> told = new HashMap<>();
        counts.keySet().forEach(route -> told.put(route, counts.remove(route)));
        told.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST).forEach(entry -> tell(entry.getKey(), entry.getValue()));
    }

    private void tell(String route, long count) {
        int slash = route.indexOf('/');
        ObjectMeta meta = new ObjectMetaBuilder().withNamespace(route.substring(0, slash)).withName(route.substring(slash + 1)).build();
        try {
            notices.warn(ObjectType.HTTP_ROUTE, meta, "RequestsRefused", "Refuse",
                    count + (count == 1 ? " request was refused" : " requests were refused") + " within " + every.toSeconds() + " s");
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                onFailure.accept(e);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
