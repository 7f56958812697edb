package dev.gatehouse.kubernetes.status;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A Lease whose failures are told of once, when a request fails a second time in a row, and not again before one of its kind has succeeded.
 * That another replica was faster is no failure.
 */
record ToldLock(Lock lock, Consumer<RuntimeException> onFailure, Map<String, Integer> failed) implements Lock {

    private static final int CONFLICT = 409;
    private static final int TOLD = 2;

    ToldLock(Lock lock, Consumer<RuntimeException> onFailure) {
        this(lock, onFailure, new ConcurrentHashMap<>());
    }

    @Override
    public LeaderElectionRecord get(KubernetesClient client) {
        return told("get", () -> lock.get(client));
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord record) {
        told("create", () -> {
            lock.create(client, record);
            return record;
        });
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord record) {
        told("update", () -> {
            lock.update(client, record);
            return record;
        });
    }

    @Override
    public String identity() {
        return lock.identity();
    }

    @Override
    public String describe() {
        return lock.describe();
    }

    private LeaderElectionRecord told(String kind, Supplier<LeaderElectionRecord> request) {
        try {
            LeaderElectionRecord answer = request.get();
            failed.remove(kind);
            return answer;
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT && failed.merge(kind, 1, Integer::sum) == TOLD) {
                onFailure.accept(e);
            }
            throw e;
        }
    }
}
