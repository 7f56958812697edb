package dev.gatehouse.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.router.TestRouter.Sent;
import dev.gatehouse.router.compile.CompiledRouting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A policy that changes while requests are decided: each is decided by one version as a whole. */
class SwapTest {

    private static final int THREADS = 4;
    private static final int REQUESTS = 300;

    private static Snapshot<SemanticRoutingPolicy, CompiledRouting> version(String name) {
        return TestRouter.source(TestRouter.ROUTES.replace("{model: coder}", "{model: coder-" + name + ", headers: {x-pool: " + name + "}}")).current();
    }

    @Test
    void noRequestMixesTwoVersions() throws Exception {
        List<Snapshot<SemanticRoutingPolicy, CompiledRouting>> versions = List.of(version("a"), version("b"));
        AtomicReference<Snapshot<SemanticRoutingPolicy, CompiledRouting>> current = new AtomicReference<>(versions.getFirst());
        TestRouter router = TestRouter.of(new PolicySource<>() {
            @Override
            public Snapshot<SemanticRoutingPolicy, CompiledRouting> current() {
                return current.get();
            }

            @Override
            public void close() {}
        });
        Map<String, Integer> seen = new ConcurrentHashMap<>();
        CountDownLatch asking = new CountDownLatch(THREADS);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(() -> {
                    asking.countDown();
                    for (int n = 0; n < REQUESTS; n++) {
                        Sent sent = router.chat(TestRouter.CODE);
                        seen.merge(sent.model() + " " + sent.header("x-gateway-model-name").orElseThrow() + " " + sent.header("x-pool").orElseThrow(), 1, Integer::sum);
                    }
                    return null;
                }));
            }
            asking.await();
            for (int swap = 1; all.stream().anyMatch(future -> !future.isDone()); swap++) {
                current.set(versions.get(swap % 2));
                LockSupport.parkNanos(100_000);
            }
            for (Future<?> future : all) {
                future.get();
            }
        }
        assertThat(seen).containsOnlyKeys("coder-a coder-a a", "coder-b coder-b b");
    }
}
