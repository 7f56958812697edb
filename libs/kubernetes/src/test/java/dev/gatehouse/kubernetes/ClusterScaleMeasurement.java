package dev.gatehouse.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.gatehouse.kubernetes.status.LeaseTiming;
import dev.gatehouse.kubernetes.status.StatusSettings;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.SourceListener;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What 1,000 policies and 1,000 HTTPRoutes cost; run by hand, no part of the build:
 * {@code ./mvnw -pl libs/kubernetes -am test -Dtest=ClusterScaleMeasurement -Dsurefire.failIfNoSpecifiedTests=false}. Figures are in
 * docs/kubernetes.md.
 */
class ClusterScaleMeasurement {

    private static final int NAMESPACES = 10;
    private static final int EACH = 100;
    private static final int CHANGES = 30;
    private static final Duration LIVE = Duration.ofSeconds(1);
    private static final Duration OFTEN = Duration.ofMillis(2);
    private static final Duration SELDOM = Duration.ofMillis(250);

    private final KubernetesApi api = KubernetesApi.require();

    @Test
    void aChangeAmongAThousandPoliciesAndRoutesIsLiveWithinASecond() throws IOException {
        fill();
        long before = used();
        long processor = cpu();
        long start = System.nanoTime();
        StatusSettings status = new StatusSettings("gatehouse.dev/guard", "scale-0", "guard", "one", Optional.empty(), LeaseTiming.STANDARD, Duration.ofMinutes(1),
                Boolean.getBoolean("affected"));
        Set<String> namespaces = IntStream.range(0, NAMESPACES).mapToObj(i -> "scale-" + i).collect(Collectors.toSet());
        try (Cable cable = new Cable(api.url(), Duration.ofMillis(Integer.getInteger("delay", 0)));
                ClusterPolicies cluster = new ClusterPolicies(Cluster.client(api, cable.url(), api.adminToken()),
                new ClusterSettings(Set.of(), Optional.empty(), false, Optional.of(status)), failure -> System.out.println(failure))) {
            PolicySource<PromptGuardPolicy, String> source = cluster.open(PromptGuardPolicy.KIND, Cluster::compile, SourceListener.NONE);
            cluster.start();
            cluster.ready().orTimeout(60, TimeUnit.SECONDS).join();
            print("all read after", start);
            System.out.printf("processor time so far: %d ms%n", cpu() - processor);
            assertThat(source.current().policies()).hasSizeGreaterThanOrEqualTo(NAMESPACES * EACH);
            long read = System.nanoTime();
            await(() -> namespaces.stream().allMatch(this::isWritten), SELDOM);
            print("all statuses written, from then on", read);
            System.out.printf("heap: %d MiB more%n", (used() - before) >> 20);
            measure(source);
        }
    }

    private void measure(PolicySource<PromptGuardPolicy, String> source) {
        long[] live = new long[CHANGES];
        long[] told = new long[CHANGES];
        for (int i = 0; i < CHANGES; i++) {
            String rule = "changed-" + i;
            api.apply(Cluster.policy("scale-3", "p7", "{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r7}", rule));
            long start = System.nanoTime();
            await(() -> source.current().policies().stream().anyMatch(policy -> policy.compiled().equals(rule)));
            live[i] = System.nanoTime() - start;
            String generation = String.valueOf(i + 2);
            await(() -> Cluster.policy(api, "scale-3", "p7").path("status").toString().contains("all ready replicas run generation " + generation));
            told[i] = System.nanoTime() - start;
        }
        print("live", live);
        print("status", told);
        assertThat(Arrays.stream(live).max().orElseThrow()).isLessThan(LIVE.toNanos());
    }

    private void fill() {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int n = 0; n < NAMESPACES; n++) {
                String namespace = "scale-" + n;
                api.namespace(namespace);
                api.apply(Cluster.gateway(namespace, "edge", "Same"));
                IntStream.range(0, EACH).forEach(i -> threads.execute(() -> fill(namespace, i)));
            }
        }
    }

    private void fill(String namespace, int i) {
        api.tryApply(Yaml.documents(Cluster.route(namespace, "r" + i, "{name: edge}", "h" + i + "." + namespace + ".example.com", "{name: own, port: 80}")).getFirst(), "").orThrow();
        api.tryApply(Yaml.documents(Cluster.policy(namespace, "p" + i, "{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r" + i + "}", "first")).getFirst(), "").orThrow();
    }

    private boolean isWritten(String namespace) {
        return api.admin().get("/apis/gatehouse.dev/v1alpha1/namespaces/" + namespace + "/promptguardpolicies").body().path("items").valueStream()
                .allMatch(policy -> policy.path("status").toString().contains("all ready"));
    }

    private static void await(BooleanSupplier condition) {
        await(condition, OFTEN);
    }

    /** @param pause as long as asking may not disturb what is measured */
    private static void await(BooleanSupplier condition, Duration pause) {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(pause.toNanos());
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Of the whole process, in milliseconds; a busy machine does not inflate it as it does wall time. */
    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1_000_000;
    }

    private static void print(String what, long start) {
        System.out.printf("%s %d ms%n", what, Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private static void print(String what, long[] times) {
        long[] sorted = Arrays.stream(times).sorted().map(time -> time / 1_000_000).toArray();
        System.out.printf("%s: median %d ms, slowest %d ms of %d changes%n", what, sorted[sorted.length / 2], sorted[sorted.length - 1], sorted.length);
    }
}
