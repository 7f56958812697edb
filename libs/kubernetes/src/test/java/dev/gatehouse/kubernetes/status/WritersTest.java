package dev.gatehouse.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WritersTest {

    private final AtomicInteger done = new AtomicInteger();

    @Test
    void asManyAsAllowedAreUnderWayAtOnceAndNoMore() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(Writers.MOST);
        BooleanSupplier write = () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            full.countDown();
            boolean met = await(full);
            now.decrementAndGet();
            return met;
        };
        assertThat(Writers.run(Collections.nCopies(100, write))).isTrue();
        assertThat(most.get()).isEqualTo(Writers.MOST);
    }

    @Test
    void nothingToWriteIsDone() {
        assertThat(Writers.run(List.of())).isTrue();
    }

    @Test
    void oneThatIsNotDoneYetLeavesTheRoundOpen() {
        assertThat(Writers.run(List.of(this::write, () -> false, this::write))).isFalse();
        assertThat(done.get()).isEqualTo(2);
    }

    @Test
    void whatTheServerRefusesOfOneObjectKeepsNoOtherFromBeingWritten() {
        List<BooleanSupplier> writes = Stream.concat(Stream.of(failing(422)), IntStream.range(0, 50).<BooleanSupplier>mapToObj(i -> this::write)).toList();
        assertThatThrownBy(() -> Writers.run(writes)).isInstanceOf(KubernetesClientException.class).hasMessageContaining("422");
        assertThat(done.get()).isEqualTo(50);
    }

    @Test
    void aServerThatIsAwayIsNotAskedForAllTheRest() {
        List<BooleanSupplier> writes = Stream.concat(Stream.of(failing(503)), Stream.generate(() -> (BooleanSupplier) this::slowly).limit(1_000)).toList();
        assertThatThrownBy(() -> Writers.run(writes)).isInstanceOf(KubernetesClientException.class);
        assertThat(done.get()).isLessThan(2 * Writers.MOST);
    }

    private boolean write() {
        done.incrementAndGet();
        return true;
    }

    /** As long as a request takes that finds nobody. */
    private boolean slowly() {
        await(new CountDownLatch(1));
        return write();
    }

    private static BooleanSupplier failing(int code) {
        return () -> {
            throw new KubernetesClientException("refused with " + code, code, null);
        };
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
