package dev.gatehouse.state.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.RedisBed;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.StateUnavailable;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisStockTest implements StockContract {

    private static RedisBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = RedisBed.withVectorSets();
    }

    @AfterAll
    static void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    @Override
    public Stock stock() {
        return new RedisStock(bed.state(), Quantisation.INT8);
    }

    @Test
    void whatRedisEvictedIsAMissAndLeavesTheBooks() {
        Owned owned = Owned.anew();
        stock().put(owned.item("met by its key", VectorsContract.vector(1, 0)), WIDE);
        stock().put(owned.item("met by nearness", VectorsContract.vector(0, 1)), WIDE);
        bed.server().command("DEL", owned.entry("met by its key").text());
        bed.server().command("DEL", owned.entry("met by nearness").text());
        assertThat(stock().get(owned.owner(), owned.entry("met by its key"))).isEmpty();
        assertThat(stock().kept(owned.owner()).entries()).isEqualTo(1);
        assertThat(stock().nearest(owned.owner(), owned.set(), VectorsContract.vector(0, 1), 1)).isEmpty();
        assertThat(stock().kept(owned.owner())).isEqualTo(new Stock.Kept(0, 0));
    }

    @Test
    void whatRedisEvictedAndNobodyMeetsLeavesTheBooksWithLaterPuts() {
        Owned owned = Owned.anew();
        IntStream.range(0, 30).forEach(i -> stock().put(owned.sized("" + i, 1), WIDE));
        IntStream.range(0, 30).forEach(i -> bed.server().command("DEL", owned.entry("" + i).text()));
        IntStream.range(0, 30).forEach(i -> stock().put(owned.sized("later " + i, 1), WIDE));
        assertThat(stock().kept(owned.owner()).entries()).isLessThan(45);
    }

    @Test
    void anIndexThatRedisEvictedAloneIsMadeAnew() {
        Owned owned = Owned.anew();
        IntStream.range(0, 10).forEach(i -> stock().put(owned.sized("" + i, 1), WIDE));
        bed.server().command("DEL", owned.owner().text() + ":new");
        stock().put(owned.sized("one more", 1), new Stock.Caps(5, 1 << 20));
        stock().put(owned.sized("and one", 1), new Stock.Caps(5, 1 << 20));
        assertThat(stock().kept(owned.owner()).entries()).isLessThanOrEqualTo(5);
        assertThat(stock().get(owned.owner(), owned.entry("and one"))).isPresent();
    }

    @Test
    void allKeysExpire() {
        Owned owned = Owned.anew();
        stock().put(owned.item("a", VectorsContract.vector(1, 0)), WIDE);
        stock().put(owned.item("b", VectorsContract.vector(0, 1)), WIDE);
        stock().used(owned.owner(), owned.entry("a"));
        for (String key : new String[] {owned.owner().text(), owned.owner().text() + ":new", owned.owner().text() + ":used", owned.set().text(),
                owned.entry("a").text()}) {
            assertThat(Long.parseLong(bed.server().command("PTTL", key).substring(1))).as(key).isBetween(1L, VectorsContract.LONG.toMillis());
        }
    }

    @Test
    void aMillionEntriesOfAThousandBytesTakeLessThanThreeGibibytes() {
        Owned owned = Owned.anew();
        long before = usedMemory();
        IntStream.range(0, 1_000).forEach(i -> stock().put(new Stock.Item(owned.owner(), owned.set(), owned.entry("" + i), "model1", Optional.of(direction(i)),
                new byte[1_000], VectorsContract.LONG), new Stock.Caps(10_000, 1L << 30)));
        assertThat(stock().kept(owned.owner()).entries()).isEqualTo(1_000);
        assertThat((usedMemory() - before) * 1_000).isLessThan(3L << 30);
    }

    /** One of 384 dimensions. */
    private static Int8Vector direction(int seed) {
        Random random = new Random(seed);
        float[] numbers = new float[384];
        IntStream.range(0, numbers.length).forEach(i -> numbers[i] = (float) random.nextGaussian());
        return Int8Vector.of(numbers);
    }

    private static long usedMemory() {
        return bed.server().command("INFO", "memory").lines().filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip())).findFirst().orElseThrow();
    }

    @Test
    void theServerIsCheckedAtStart() {
        assertThatCode(() -> new RedisStock(bed.state(), Quantisation.INT8).requireSupport(Owned.anew().owner())).doesNotThrowAnyException();
    }

    @Test
    void aDeadServerIsSaid() throws Exception {
        try (RedisState gone = bed.nobody()) {
            Owned owned = Owned.anew();
            assertThatThrownBy(() -> new RedisStock(gone, Quantisation.INT8).get(owned.owner(), owned.entry("a"))).isInstanceOf(StateUnavailable.class);
        }
    }
}
