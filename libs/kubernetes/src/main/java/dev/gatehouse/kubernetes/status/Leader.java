package dev.gatehouse.kubernetes.status;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Whether this replica is the one that writes, by a Lease that the replicas share. */
final class Leader implements AutoCloseable {

    private final KubernetesClient client;
    private final LeaderElectionConfig config;
    private final Runnable onElected;
    private final LeaseTiming timing;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean leading;
    private volatile boolean closed;
    private volatile CompletableFuture<?> election;

    /** @param onElected called when this replica becomes the leader */
    Leader(KubernetesClient client, Lock lock, LeaseTiming timing, Runnable onElected) {
        this.client = client.newClient(requests(timing)).adapt(KubernetesClient.class);
        this.timing = timing;
        this.onElected = onElected;
        this.config = new LeaderElectionConfigBuilder().withName(lock.describe()).withLock(lock).withLeaseDuration(timing.lease())
                .withRenewDeadline(timing.renew()).withRetryPeriod(timing.retry()).withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(this::elected, () -> leading = false, name -> {})).build();
    }

    /**
     * Requests are not tried again by the client, and two of them, one to renew and one to give back, take no longer than what lies between
     * the deadline of a renewal and the end of the Lease: a leader that is cut off has stepped down before another one leads.
     */
    private static RequestConfig requests(LeaseTiming timing) {
        int millis = (int) timing.lease().minus(timing.renew()).dividedBy(2).toMillis();
        return new RequestConfigBuilder().withRequestTimeout(millis).withRequestRetryBackoffLimit(0).build();
    }

    /** Stands for election, and again whenever it has lost the Lease. */
    void start() {
        if (closed) {
            return;
        }
        CompletableFuture<?> next = new LeaderElector(client, config, threads).start();
        election = next;
        next.whenComplete((result, failure) -> {
            leading = false;
            CompletableFuture.delayedExecutor(timing.retry().toMillis(), TimeUnit.MILLISECONDS, threads).execute(this::start);
        });
    }

    boolean isLeading() {
        return leading;
    }

    private void elected() {
        leading = true;
        onElected.run();
    }

    /** Gives the Lease back, so that another replica need not wait for its end. */
    @Override
    public void close() {
        closed = true;
        if (election != null) {
            election.cancel(true);
        }
        threads.close();
    }
}
