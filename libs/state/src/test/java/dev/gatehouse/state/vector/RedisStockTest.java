package dev.gatehouse.state.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.state.RedisServer;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.StateUnavailable;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisStockTest implements StockContract {

    private static RedisServer server;
    private static Vertx vertx;
    private static RedisState state;

    @BeforeAll
    static void start() throws Exception {
        server = RedisServer.start();
        assumeTrue(server.command("VCARD", "none").equals(":0"), "this redis-server has no vector sets");
        vertx = Vertx.vertx();
        state = new RedisState(vertx, RedisSettings.standalone(server.url()).withDeadline(Duration.ofSeconds(5)));
    }

    @AfterAll
    static void stop() throws Exception {
        if (state != null) {
            state.close();
            vertx.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    public Stock stock() {
        return new RedisStock(state, Quantisation.INT8);
    }

    @Test
    void whatRedisEvictedIsAMissAndLeavesTheBooks() {
        Owned owned = Owned.anew();
        stock().put(owned.item("met by its key", VectorsContract.vector(1, 0)), WIDE);
        stock().put(owned.item("met by nearness", VectorsContract.vector(0, 1)), WIDE);
        server.command("DEL", owned.entry("met by its key").text());
        server.command("DEL", owned.entry("met by nearness").text());
        assertThat(stock().get(owned.owner(), owned.entry("met by its key"))).isEmpty();
        assertThat(stock().kept(owned.owner()).entries()).isEqualTo(1);
        assertThat(stock().nearest(owned.owner(), owned.set(), VectorsContract.vector(0, 1), 1)).isEmpty();
        assertThat(stock().kept(owned.owner())).isEqualTo(new Stock.Kept(0, 0));
    }

    @Test
    void whatRedisEvictedAndNobodyMeetsLeavesTheBooksWithLaterPuts() {
        Owned owned = Owned.anew();
        IntStream.range(0, 30).forEach(i -> stock().put(owned.sized("" + i, 1), WIDE));
        IntStream.range(0, 30).forEach(i -> server.command("DEL", owned.entry("" + i).text()));
        IntStream.range(0, 30).forEach(i -> stock().put(owned.sized("later " + i, 1), WIDE));
        assertThat(stock().kept(owned.owner()).entries()).isLessThan(45);
    }

    @Test
    void anIndexThatRedisEvictedAloneIsMadeAnew() {
        Owned owned = Owned.anew();
        IntStream.range(0, 10).forEach(i -> stock().put(owned.sized("" + i, 1), WIDE));
        server.command("DEL", owned.owner().text() + ":new");
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
            assertThat(Long.parseLong(server.command("PTTL", key).substring(1))).as(key).isBetween(1L, VectorsContract.LONG.toMillis());
        }
    }

    @Test
    void theServerIsCheckedAtStart() {
        assertThatCode(() -> new RedisStock(state, Quantisation.INT8).requireSupport(Owned.anew().owner())).doesNotThrowAnyException();
    }

    @Test
    void aDeadServerIsSaid() throws Exception {
        try (RedisState gone = new RedisState(vertx, RedisSettings.standalone("redis://127.0.0.1:" + RedisServer.freePort()))) {
            Owned owned = Owned.anew();
            assertThatThrownBy(() -> new RedisStock(gone, Quantisation.INT8).get(owned.owner(), owned.entry("a"))).isInstanceOf(StateUnavailable.class);
        }
    }
}
