package dev.gatehouse.state.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MemoryStockTest implements StockContract {

    private static final MemoryStock STOCK = new MemoryStock(1L << 28);

    @AfterAll
    static void close() {
        STOCK.close();
    }

    @Override
    public Stock stock() {
        return STOCK;
    }

    @Test
    void whenAllOwnersTogetherAreFullTheLeastUsedGoWhole() {
        try (MemoryStock small = new MemoryStock(1 << 20)) {
            List<Owned> owners = Stream.generate(Owned::anew).limit(100).toList();
            for (Owned owned : owners) {
                IntStream.range(0, 20).forEach(i -> small.put(owned.item("" + i, VectorsContract.vector(1, i)), WIDE));
            }
            assertThat(owners.stream().mapToLong(owned -> small.kept(owned.owner()).bytes()).sum()).isBetween(1L << 18, 1L << 20);
            Owned gone = owners.stream().filter(owned -> small.kept(owned.owner()).entries() == 0).findFirst().orElseThrow();
            assertThat(small.nearest(gone.owner(), gone.set(), VectorsContract.vector(1, 0), 4)).isEmpty();
        }
    }

    @Test
    void noOwnerGetsMoreThanHalfOfThePlace() {
        try (MemoryStock small = new MemoryStock(1 << 20)) {
            Owned owned = Owned.anew();
            IntStream.range(0, 2_000).forEach(i -> small.put(owned.sized("" + i, 1), WIDE));
            assertThat(small.kept(owned.owner()).bytes()).isBetween(1L << 18, 1L << 19);
        }
    }
}
