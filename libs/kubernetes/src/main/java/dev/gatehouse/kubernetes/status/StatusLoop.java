package dev.gatehouse.kubernetes.status;

import dev.gatehouse.kubernetes.watch.Pulse;
import dev.gatehouse.policy.status.AncestorStatus;
import dev.gatehouse.policy.status.Programming;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Keeps the status of policies true, where this replica is the leader: after each change, when replicas come and go, again soon while one
 * of them does not run what it should, and else every {@link #CALM}.
 */
public final class StatusLoop implements AutoCloseable {

    /** How often replicas are asked when nothing changes. */
    public static final Duration CALM = Duration.ofSeconds(30);

    private static final Duration QUIET = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Supplier<List<View<?, ?>>> views;
    private final Leader leader;
    private final Optional<Replicas> replicas;
    private final StatusWriter writer;
    private final Optional<AffectedConditions> affected;
    private final Supplier<Targets> targets;
    private final Refusals refusals;
    private final Consumer<RuntimeException> onFailure;
    private final Pulse pulse = new Pulse(QUIET, SOON);
    private Thread thread;

    /**
     * @param views     of the kinds whose status is ours, as they are now
     * @param targets   what policies may act on, as it is now
     * @param onFailure told when the API server refuses what is written, or is not reached for the Lease; it is tried again
     */
    public StatusLoop(KubernetesClient client, StatusSettings settings, Supplier<List<View<?, ?>>> views, Supplier<Targets> targets,
            Consumer<RuntimeException> onFailure) {
        InstantSource clock = InstantSource.system();
        this.views = views;
        this.targets = targets;
        this.onFailure = onFailure;
        Lock lease = new ToldLock(new LeaseLock(settings.namespace(), settings.lease(), settings.identity()), onFailure);
        this.leader = new Leader(client, lease, settings.timing(), pulse::signal);
        this.replicas = settings.service().map(service -> new Replicas(client, settings.namespace(), service, pulse::signal));
        Notices notices = new Notices(client, settings.controllerName(), settings.identity(), clock);
        StatusPatch patch = new StatusPatch(client);
        this.affected = settings.affected() ? Optional.of(new AffectedConditions(patch, settings.controllerName(), clock)) : Optional.empty();
        this.writer = new StatusWriter(patch, new AncestorEntries(settings.controllerName()), notices, clock);
        this.refusals = new Refusals(notices, settings.refusals(), onFailure);
    }

    public void start() {
        leader.start();
        replicas.ifPresent(Replicas::start);
        thread = Thread.ofVirtual().name("policies-status").start(this::run);
    }

    /** The views are others than before. */
    public void changed() {
        pulse.signal();
    }

    /** Requests that were refused, whichever replica this is. */
    public Refusals refusals() {
        return refusals;
    }

    private void run() {
        Duration pause = CALM;
        try {
            while (true) {
                boolean changed = pulse.await(pause);
                pause = !leader.isLeading() || tryRound() ? CALM : changed ? SOON : longer(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LATER) > 0 ? LATER : twice;
    }

    /** Whether there is nothing left to be done. */
    private boolean tryRound() {
        try {
            return round();
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                onFailure.accept(e);
            }
            return false;
        }
    }

    private boolean round() {
        List<View<?, ?>> now = views.get();
        Programming programming = replicas.map(Replicas::ask).orElseGet(() -> alone(now));
        List<BooleanSupplier> writes = new ArrayList<>();
        now.forEach(view -> view.forEach(programming, (object, statuses) -> writes.add(() -> write(view, object, statuses))));
        affected.ifPresent(conditions -> writes.addAll(conditions.writes(now, targets.get())));
        return Writers.run(writes.stream().map(this::whileLeading).toList());
    }

    private BooleanSupplier whileLeading(BooleanSupplier write) {
        return () -> leader.isLeading() && write.getAsBoolean();
    }

    private static Programming alone(List<View<?, ?>> views) {
        Set<Programming.Running> running = views.stream().flatMap(view -> view.running().stream()).collect(Collectors.toSet());
        return new Programming(List.of(running));
    }

    /** Whether nothing is left to be done for it: it stands there, and it is programmed where it is accepted. */
    private boolean write(View<?, ?> view, GenericKubernetesResource object, List<AncestorStatus> statuses) {
        boolean waits = statuses.stream().anyMatch(status -> status.accepted().status() && !status.programmed().status());
        return writer.write(view.type(), object, statuses) && !waits;
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
        refusals.close();
        replicas.ifPresent(Replicas::close);
        leader.close();
    }
}
