package dev.gatehouse.state.vector;

import static dev.gatehouse.state.vector.VectorsContract.KEYS;
import static dev.gatehouse.state.vector.VectorsContract.LONG;
import static dev.gatehouse.state.vector.VectorsContract.SHORT;
import static dev.gatehouse.state.vector.VectorsContract.bytes;
import static dev.gatehouse.state.vector.VectorsContract.random;
import static dev.gatehouse.state.vector.VectorsContract.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.Await;
import dev.gatehouse.state.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every stock does alike. */
interface StockContract {

    Stock.Caps WIDE = new Stock.Caps(1_000_000, 1L << 30);
    long EMPTY = Stock.OVERHEAD_BYTES;

    Stock stock();

    /** One owner with two sets. */
    record Owned(Key owner, Key set, Key other) {

        static Owned anew() {
            String name = UUID.randomUUID().toString();
            return new Owned(key("owner", name), key("set", name, "1"), key("set", name, "2"));
        }

        Key entry(String name) {
            return key("entry", set.text(), name);
        }

        Stock.Item item(String name, Int8Vector vector) {
            return new Stock.Item(owner, set, entry(name), "model1", Optional.of(vector), bytes(name), LONG);
        }

        Stock.Item sized(String name, int size) {
            return new Stock.Item(owner, set, entry(name), "", Optional.empty(), new byte[size], LONG);
        }

        private static Key key(String... parts) {
            return KEYS.key("tag", "test", parts);
        }
    }

    @Test
    default void anEntryIsFoundByItsKeyAndByNearness() {
        Owned owned = Owned.anew();
        assertThat(stock().put(owned.item("east", vector(1, 0)), WIDE)).isTrue();
        assertThat(stock().put(owned.item("north", vector(0, 1)), WIDE)).isTrue();
        assertThat(stock().get(owned.owner(), owned.entry("east"))).hasValue(bytes("east"));
        List<Neighbour> found = stock().nearest(owned.owner(), owned.set(), vector(1, 0.1f), 4);
        assertThat(found).extracting(Neighbour::entry).containsExactly(owned.entry("east"), owned.entry("north"));
        assertThat(found.getFirst().value()).isEqualTo(bytes("east"));
        assertThat(stock().nearest(owned.owner(), owned.set(), vector(1, 0), 1)).hasSize(1);
    }

    @Test
    default void whatIsNotThereIsNotFound() {
        Owned owned = Owned.anew();
        assertThat(stock().get(owned.owner(), owned.entry("none"))).isEmpty();
        assertThat(stock().nearest(owned.owner(), owned.set(), vector(1, 0), 4)).isEmpty();
        assertThat(stock().remove(owned.owner(), owned.entry("none"))).isFalse();
        assertThat(stock().removeAll(owned.owner(), Optional.empty())).isZero();
        assertThat(stock().kept(owned.owner())).isEqualTo(new Stock.Kept(0, 0));
        stock().used(owned.owner(), owned.entry("none"));
        assertThat(stock().kept(owned.owner())).isEqualTo(new Stock.Kept(0, 0));
    }

    @Test
    default void anotherSetOfTheSameOwnerIsNotSearched() {
        Owned owned = Owned.anew();
        stock().put(owned.item("east", vector(1, 0)), WIDE);
        assertThat(stock().nearest(owned.owner(), owned.other(), vector(1, 0), 4)).isEmpty();
    }

    @Test
    default void anEntryWithoutVectorIsFoundByItsKeyOnly() {
        Owned owned = Owned.anew();
        stock().put(owned.sized("plain", 3), WIDE);
        assertThat(stock().get(owned.owner(), owned.entry("plain"))).hasValue(new byte[3]);
        assertThat(stock().nearest(owned.owner(), owned.set(), vector(1, 0), 4)).isEmpty();
    }

    @Test
    default void valuesVectorsAndOverheadAreCounted() {
        Owned owned = Owned.anew();
        stock().put(owned.sized("a", 100), WIDE);
        stock().put(owned.item("b", vector(1, 0)), WIDE);
        assertThat(stock().kept(owned.owner())).isEqualTo(new Stock.Kept(2, 100 + 1 + VectorsContract.DIMENSIONS + 2 * EMPTY));
        stock().put(owned.sized("a", 10), WIDE);
        assertThat(stock().kept(owned.owner())).as("replaced").isEqualTo(new Stock.Kept(2, 10 + 1 + VectorsContract.DIMENSIONS + 2 * EMPTY));
        assertThat(stock().remove(owned.owner(), owned.entry("b"))).isTrue();
        assertThat(stock().kept(owned.owner())).isEqualTo(new Stock.Kept(1, 10 + EMPTY));
        assertThat(stock().nearest(owned.owner(), owned.set(), vector(1, 0), 4)).isEmpty();
    }

    @Test
    default void theEntriesOfAnOwnerKeepWithinItsCapTheOldestGo() {
        Owned owned = Owned.anew();
        for (int i = 0; i < 20; i++) {
            stock().put(owned.item("" + i, vector(1, i)), new Stock.Caps(5, 1 << 20));
            assertThat(stock().kept(owned.owner()).entries()).isLessThanOrEqualTo(5);
        }
        assertThat(names(owned)).containsExactlyInAnyOrder("15", "16", "17", "18", "19");
        assertThat(stock().get(owned.owner(), owned.entry("14"))).isEmpty();
    }

    @Test
    default void theBytesOfAnOwnerKeepWithinItsCap() {
        Owned owned = Owned.anew();
        Stock.Caps caps = new Stock.Caps(100, 10 * (1000 + EMPTY));
        for (int i = 0; i < 20; i++) {
            stock().put(owned.sized("" + i, 1000), caps);
        }
        assertThat(stock().kept(owned.owner())).isEqualTo(new Stock.Kept(10, 10 * (1000 + EMPTY)));
        assertThat(stock().put(owned.sized("large", (int) caps.bytes() - (int) EMPTY), caps)).isTrue();
        assertThat(stock().kept(owned.owner())).as("it needs all the place").isEqualTo(new Stock.Kept(1, caps.bytes()));
        assertThat(stock().put(owned.sized("larger", (int) caps.bytes()), caps)).isFalse();
        assertThat(stock().get(owned.owner(), owned.entry("larger"))).isEmpty();
        assertThat(stock().get(owned.owner(), owned.entry("large"))).isPresent();
    }

    @Test
    default void oneOwnerTakesNoPlaceFromAnother() {
        Owned one = Owned.anew();
        Owned other = Owned.anew();
        stock().put(one.sized("mine", 10), new Stock.Caps(2, 1 << 20));
        IntStream.range(0, 50).forEach(i -> stock().put(other.sized("" + i, 10), new Stock.Caps(2, 1 << 20)));
        assertThat(stock().get(one.owner(), one.entry("mine"))).isPresent();
        assertThat(stock().kept(other.owner()).entries()).isEqualTo(2);
    }

    @Test
    default void whatWasOfUseOutlivesAFloodOfWhatNobodyAsksForAgain() {
        Owned owned = Owned.anew();
        Stock.Caps caps = new Stock.Caps(50, 1 << 20);
        for (int i = 0; i < 40; i++) {
            stock().put(owned.sized("used " + i, 1), caps);
            stock().used(owned.owner(), owned.entry("used " + i));
        }
        IntStream.range(0, 500).forEach(i -> stock().put(owned.sized("flood " + i, 1), caps));
        assertThat(IntStream.range(0, 40).filter(i -> stock().get(owned.owner(), owned.entry("used " + i)).isPresent())).hasSize(40);
    }

    /** 200,000 of them, and how long a search then takes: {@link VectorMeasure}. */
    @Test
    default void aFloodOfRandomVectorsHidesNothingThatIsOfUse() {
        Owned owned = Owned.anew();
        Stock.Caps caps = new Stock.Caps(MemoryVectors.EXACT_UP_TO + 500, 1 << 30);
        Random random = new Random(19);
        List<Int8Vector> useful = IntStream.range(0, 100).mapToObj(i -> random(random)).toList();
        for (int i = 0; i < useful.size(); i++) {
            stock().put(owned.item("useful " + i, useful.get(i)), caps);
            stock().used(owned.owner(), owned.entry("useful " + i));
        }
        IntStream.range(0, 7_000).forEach(i -> stock().put(owned.item("" + i, random(random)), caps));
        assertThat(stock().kept(owned.owner()).entries()).isEqualTo(caps.entries());
        Await.until(() -> found(owned, useful, random) >= 99);
    }

    private long found(Owned owned, List<Int8Vector> useful, Random random) {
        return IntStream.range(0, useful.size()).filter(i -> stock().nearest(owned.owner(), owned.set(), near(useful.get(i), random), 4).stream()
                .anyMatch(found -> found.entry().equals(owned.entry("useful " + i)))).count();
    }

    private static Int8Vector near(Int8Vector vector, Random random) {
        float[] floats = vector.floats();
        for (int i = 0; i < floats.length; i++) {
            floats[i] += (float) random.nextGaussian() * 0.3f;
        }
        return Int8Vector.of(floats);
    }

    @Test
    default void ofWhatWasOfUseTheLeastRecentlyUsedGoes() {
        Owned owned = Owned.anew();
        Stock.Caps caps = new Stock.Caps(10, 1 << 20);
        for (int i = 0; i < 10; i++) {
            stock().put(owned.sized("" + i, 1), caps);
            stock().used(owned.owner(), owned.entry("" + i));
        }
        stock().used(owned.owner(), owned.entry("0"));
        stock().put(owned.sized("new", 1), caps);
        assertThat(stock().get(owned.owner(), owned.entry("0"))).isPresent();
        assertThat(stock().get(owned.owner(), owned.entry("1"))).isEmpty();
        assertThat(stock().get(owned.owner(), owned.entry("new"))).isPresent();
    }

    @Test
    default void anEntryThatHasExpiredIsNotFoundAndNotCountedForLong() {
        Owned owned = Owned.anew();
        stock().put(owned.item("stays", vector(0, 1)), WIDE);
        stock().put(new Stock.Item(owned.owner(), owned.set(), owned.entry("goes"), "", Optional.of(vector(1, 0)), bytes("goes"), SHORT), WIDE);
        Await.until(() -> stock().get(owned.owner(), owned.entry("goes")).isEmpty());
        assertThat(names(owned)).containsExactly("stays");
        stock().put(owned.item("later", vector(1, 1)), WIDE);
        assertThat(stock().kept(owned.owner()).entries()).isEqualTo(2);
    }

    @Test
    default void anOwnerGoesWithItsLastEntry() {
        Owned owned = Owned.anew();
        stock().put(new Stock.Item(owned.owner(), owned.set(), owned.entry("a"), "", Optional.empty(), bytes("a"), SHORT), WIDE);
        Await.until(() -> stock().kept(owned.owner()).equals(new Stock.Kept(0, 0)));
    }

    @Test
    default void entriesAreRemovedByLabelOrAll() {
        Owned owned = Owned.anew();
        for (int i = 0; i < 600; i++) {
            String label = i % 3 == 0 ? "small" : "large";
            stock().put(new Stock.Item(owned.owner(), i % 2 == 0 ? owned.set() : owned.other(), owned.entry("" + i), label, Optional.of(vector(1, i)),
                    bytes("" + i), LONG), WIDE);
        }
        assertThat(stock().removeAll(owned.owner(), Optional.of("smal"))).isZero();
        assertThat(stock().removeAll(owned.owner(), Optional.of("small"))).isEqualTo(200);
        assertThat(stock().kept(owned.owner()).entries()).isEqualTo(400);
        assertThat(stock().get(owned.owner(), owned.entry("3"))).isEmpty();
        assertThat(stock().get(owned.owner(), owned.entry("4"))).isPresent();
        assertThat(stock().removeAll(owned.owner(), Optional.empty())).isEqualTo(400);
        assertThat(stock().kept(owned.owner())).isEqualTo(new Stock.Kept(0, 0));
        assertThat(stock().nearest(owned.owner(), owned.other(), vector(1, 1), 4)).isEmpty();
    }

    @Test
    default void vectorsOfOtherDimensionsAreRefusedAndChangeNothing() {
        Owned owned = Owned.anew();
        stock().put(owned.item("a", vector(1, 0)), WIDE);
        Int8Vector other = Int8Vector.of(new float[] {1, 2, 3});
        assertThatThrownBy(() -> stock().put(owned.item("a", other), WIDE)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3 dim");
        assertThatThrownBy(() -> stock().nearest(owned.owner(), owned.set(), other, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(names(owned)).containsExactly("a");
    }

    @Test
    default void whatCannotBeAskedIsRefused() {
        Owned owned = Owned.anew();
        Key elsewhere = KEYS.key(UUID.randomUUID().toString(), "test", "entry");
        assertThatThrownBy(() -> stock().get(owned.owner(), elsewhere)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stock().nearest(owned.owner(), owned.set(), vector(1, 0), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stock.Item(owned.owner(), owned.set(), elsewhere, "", Optional.empty(), new byte[0], LONG))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stock.Item(owned.owner(), owned.set(), owned.entry("a"), "a b", Optional.empty(), new byte[0], LONG))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stock.Item(owned.owner(), owned.set(), owned.entry("a"), "", Optional.empty(), new byte[0], Duration.ofNanos(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stock.Caps(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void theBooksAreRightWhenManyPutUseAndRemoveAtOnce() throws ExecutionException, InterruptedException {
        Owned owned = Owned.anew();
        Stock.Caps caps = new Stock.Caps(40, 1 << 20);
        List<Future<?>> done = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                String name = "" + i;
                done.add(executor.submit(() -> {
                    stock().put(owned.item(name, random(new Random(name.hashCode()))), caps);
                    stock().used(owned.owner(), owned.entry(name));
                    stock().nearest(owned.owner(), owned.set(), vector(1, 0), 5);
                    stock().remove(owned.owner(), owned.entry("" + name.length()));
                }));
            }
        }
        for (Future<?> one : done) {
            one.get();
        }
        List<String> names = names(owned);
        assertThat((long) names.size()).isLessThanOrEqualTo(40).isEqualTo(stock().kept(owned.owner()).entries());
        long bytes = names.stream().mapToLong(name -> name.length() + VectorsContract.DIMENSIONS + EMPTY).sum();
        assertThat(stock().kept(owned.owner()).bytes()).isEqualTo(bytes);
    }

    private List<String> names(Owned owned) {
        return stock().nearest(owned.owner(), owned.set(), vector(1, 0), 100).stream().map(found -> new String(found.value())).toList();
    }
}
