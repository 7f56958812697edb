package dev.gatehouse.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryStateTest implements StateContract {

    private final Values values = new MemoryValues(1 << 20);

    @Override
    public Values values() {
        return values;
    }

    @Test
    void memoryStaysWithinItsBound() {
        Values small = new MemoryValues(10_000);
        var keys = IntStream.range(0, 100).mapToObj(i -> StateContract.fresh()).toList();
        keys.forEach(key -> small.put(key, new byte[1000], StateContract.LONG));
        assertThat(keys.stream().filter(key -> small.get(key).isPresent()).count()).isBetween(1L, 8L);
    }
}
