package dev.gatehouse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.state.RedisSettings.Tls;
import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Bucket;
import dev.gatehouse.state.limit.Charge;
import dev.gatehouse.state.limit.Claim;
import dev.gatehouse.state.limit.Decision;
import dev.gatehouse.state.limit.Hit;
import dev.gatehouse.state.limit.Level;
import dev.gatehouse.state.limit.Limits;
import dev.gatehouse.state.limit.RedisLimits;
import dev.gatehouse.state.limit.ReservationId;
import dev.gatehouse.testbed.Ports;
import dev.gatehouse.testbed.TestCertificate;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Limits behind every way to reach Redis, with real servers. */
@Timeout(120)
class RedisTopologiesTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String ACL_OF_LIMITS = "+hello +auth +ping +select +time +eval +evalsha +get +set +del +exists +pexpire +zadd +zrem +zscore +zrange"
            + " +zrangebyscore";

    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        VERTX.close();
    }

    @Test
    void inAClusterClaimsOfSeveralSlotsAreTakenTogetherOrNot() throws Exception {
        try (RedisNodes cluster = RedisNodes.start(); RedisState state = state(RedisSettings.cluster(cluster.urls()))) {
            Limits limits = new RedisLimits(state);
            List<Claim> claims = IntStream.range(0, 8).mapToObj(i -> new Claim(bucket(100 - i), 10, 0)).toList();
            ReservationId id = ReservationId.random();
            assertThat(limits.reserve(id, claims, DAY).levels()).extracting(Level::remaining).containsExactly(90L, 89L, 88L, 87L, 86L, 85L, 84L, 83L);
            limits.settle(id, claims.stream().map(claim -> new Charge(claim, 3)).toList());
            Claim tooMuch = new Claim(claims.get(5).bucket(), 93, 0);
            List<Claim> others = claims.stream().map(claim -> claim == claims.get(5) ? tooMuch : claim).toList();
            Decision refused = limits.reserve(ReservationId.random(), others, DAY);
            assertThat(refused.admitted()).isFalse();
            assertThat(refused.levels()).extracting(Level::fits).containsExactly(true, true, true, true, true, false, true, true);
            assertThat(limits.peek(claims.stream().map(Claim::bucket).toList())).extracting(Level::remaining)
                    .containsExactly(97L, 96L, 95L, 94L, 93L, 92L, 91L, 90L);
        }
    }

    @Test
    void inAClusterNoBudgetIsExceededByClaimsOfSeveralSlotsAtOnce() throws Exception {
        try (RedisNodes cluster = RedisNodes.start(); RedisState state = state(RedisSettings.cluster(cluster.urls()).withDeadline(Duration.ofSeconds(10)))) {
            Limits limits = new RedisLimits(state);
            List<Bucket> buckets = IntStream.range(0, 4).mapToObj(i -> bucket(100)).toList();
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                var decisions = executor.invokeAll(IntStream.range(0, 1000).mapToObj(i -> (java.util.concurrent.Callable<Decision>) () ->
                        limits.reserve(ReservationId.random(), List.of(new Claim(buckets.get(i % 4), 1, 0), new Claim(buckets.get((i + 1) % 4), 1, 0)), DAY)).toList());
                long admitted = decisions.stream().filter(decision -> decision.resultNow().admitted()).count();
                assertThat(admitted).isLessThanOrEqualTo(200);
                assertThat(limits.peek(buckets).stream().mapToLong(Level::reserved).sum()).as("nothing of a refused one stays").isEqualTo(2 * admitted);
            }
        }
    }

    @Test
    void inAClusterATenantsLimitAndAGlobalOneAreNeverExceededAndSettleInBothSlots() throws Exception {
        try (RedisNodes cluster = RedisNodes.start(); RedisState state = state(RedisSettings.cluster(cluster.urls()).withDeadline(Duration.ofSeconds(10)))) {
            Limits limits = new RedisLimits(state);
            String policy = UUID.randomUUID().toString();
            Bucket global = new Bucket(StateContract.KEYS.key(policy, "limit", "all"), new FixedWindow(120, DAY));
            List<Bucket> tenants = IntStream.range(0, 10).mapToObj(i -> ofTenant(policy, "tenant" + i, 20)).toList();
            assertThat(tenants).extracting(bucket -> bucket.key().tag()).doesNotHaveDuplicates().doesNotContain(global.key().tag());
            IntFunction<List<Claim>> claims = i -> List.of(new Claim(tenants.get(i % 10), 1, 0), new Claim(global, 1, 0));
            List<Taken> taken = new ArrayList<>(reserveAtOnce(limits, 10, claims));
            assertThat(taken).as("none refused while there is room for all").hasSize(10);
            taken.addAll(reserveAtOnce(limits, 1000, claims));
            assertThat(taken.size()).isLessThanOrEqualTo(120);
            assertThat(limits.peek(List.of(global)).getFirst().reserved()).as("nothing of a refused one stays").isEqualTo(taken.size());
            assertThat(limits.peek(tenants)).allMatch(level -> level.reserved() <= 20)
                    .satisfies(levels -> assertThat(levels.stream().mapToLong(Level::reserved).sum()).isEqualTo(taken.size()));
            taken.forEach(one -> limits.settle(one.id(), one.claims().stream().map(claim -> new Charge(claim, 1)).toList()));
            assertThat(limits.peek(tenants)).allMatch(level -> level.reserved() == 0)
                    .satisfies(levels -> assertThat(levels.stream().mapToLong(Level::used).sum()).isEqualTo(taken.size()));
            assertThat(limits.peek(List.of(global)).getFirst()).returns(0L, Level::reserved).returns((long) taken.size(), Level::used);
        }
    }

    private record Taken(ReservationId id, List<Claim> claims) {}

    /** Those that were admitted. */
    private static List<Taken> reserveAtOnce(Limits limits, int requests, IntFunction<List<Claim>> claims) throws InterruptedException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return executor.invokeAll(IntStream.range(0, requests).mapToObj(i -> (Callable<Optional<Taken>>) () -> {
                Taken wanted = new Taken(ReservationId.random(), claims.apply(i));
                return limits.reserve(wanted.id(), wanted.claims(), DAY).admitted() ? Optional.of(wanted) : Optional.empty();
            }).toList()).stream().flatMap(done -> done.resultNow().stream()).toList();
        }
    }

    private static Bucket ofTenant(String policy, String tenant, long amount) {
        return new Bucket(StateContract.KEYS.key(StateContract.KEYS.tag(policy, List.of(tenant)), "limit", tenant), new FixedWindow(amount, DAY));
    }

    @Test
    void aClusterNodeThatDiesIsReplacedAndTheOthersAnswerMeanwhile() throws Exception {
        try (RedisNodes cluster = RedisNodes.start(); RedisState state = state(RedisSettings.cluster(cluster.urls()))) {
            Limits limits = new RedisLimits(state);
            List<Bucket> buckets = IntStream.range(0, 60).mapToObj(i -> bucket(100)).toList();
            buckets.forEach(bucket -> limits.add(List.of(new Hit(bucket, 1))));
            cluster.killFirstMaster();
            assertThat(buckets.stream().filter(bucket -> answers(limits, bucket)).count()).as("of the two masters that live").isBetween(20L, 55L);
            Await.until(() -> buckets.stream().allMatch(bucket -> answers(limits, bucket)));
        }
    }

    @Test
    void aMasterThatDiesIsReplacedByTheOneThatSentinelsName() throws Exception {
        try (RedisServer master = RedisServer.start("--repl-diskless-sync-delay", "0");
                RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1 " + master.port(), "--repl-diskless-sync-delay", "0")) {
            Await.until(() -> replica.command("INFO", "replication").contains("master_link_status:up"));
            try (RedisServer one = master.sentinel(); RedisServer two = master.sentinel(); RedisServer three = master.sentinel();
                    RedisState state = state(RedisSettings.sentinel("main", List.of(one.url(), two.url(), three.url())))) {
                Limits limits = new RedisLimits(state);
                Bucket bucket = bucket(100);
                limits.add(List.of(new Hit(bucket, 7)));
                Await.until(() -> one.command("INFO", "sentinel").contains("slaves=1,sentinels=3"));
                Await.until(() -> replica.command("DBSIZE").equals(":1"));
                master.kill();
                assertThat(answers(limits, bucket)).isFalse();
                Await.until(() -> answers(limits, bucket));
                assertThat(limits.add(List.of(new Hit(bucket, 1)))).extracting(Level::used).as("what the replica had is still there").containsExactly(8L);
            }
        }
    }

    @Test
    void tlsTrustsTheAuthorityOfTheFileOnly() throws Exception {
        TestCertificate certificate = TestCertificate.of(folder, "ip:127.0.0.1");
        try (RedisServer server = encrypted(certificate, "no")) {
            String url = encryptedUrl(server);
            Tls trusting = new Tls(Optional.of(certificate.certificate()), Optional.empty(), Optional.empty(), true);
            try (RedisState state = state(RedisSettings.standalone(url).withTls(trusting)); RedisState doubting = state(RedisSettings.standalone(url))) {
                Await.until(() -> answers(new RedisLimits(state), bucket(1)));
                assertThatThrownBy(() -> new RedisLimits(doubting).peek(List.of(bucket(1)))).isInstanceOf(StateUnavailable.class);
            }
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefusedUnlessTheSettingsSayOtherwise() throws Exception {
        TestCertificate certificate = TestCertificate.of(folder, "dns:other.example");
        try (RedisServer server = encrypted(certificate, "no")) {
            RedisSettings settings = RedisSettings.standalone(encryptedUrl(server));
            Tls strict = new Tls(Optional.of(certificate.certificate()), Optional.empty(), Optional.empty(), true);
            Tls lax = new Tls(strict.authorities(), Optional.empty(), Optional.empty(), false);
            try (RedisState refused = state(settings.withTls(strict)); RedisState taken = state(settings.withTls(lax))) {
                Await.until(() -> answers(new RedisLimits(taken), bucket(1)));
                assertThatThrownBy(() -> new RedisLimits(refused).peek(List.of(bucket(1)))).isInstanceOf(StateUnavailable.class);
            }
        }
    }

    @Test
    void aClientCertificateIsShownWhereRedisAsksForOne() throws Exception {
        TestCertificate certificate = TestCertificate.of(folder, "ip:127.0.0.1");
        try (RedisServer server = encrypted(certificate, "yes")) {
            Tls mutual = new Tls(Optional.of(certificate.certificate()), Optional.of(certificate.certificate()), Optional.of(certificate.key()), true);
            try (RedisState state = state(RedisSettings.standalone(encryptedUrl(server)).withTls(mutual))) {
                Await.until(() -> answers(new RedisLimits(state), bucket(1)));
            }
        }
    }

    @Test
    void anAclUserNeedsOnlyTheCommandsThatTheDocumentationNames() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            server.command(("ACL SETUSER app on >pass:w%/rd ~gh:* " + ACL_OF_LIMITS).split(" "));
            server.command("ACL", "SETUSER", "default", "off");
            RedisSettings settings = RedisSettings.standalone(server.url());
            try (RedisState state = state(settings.withCredentials("app", "pass:w%/rd")); RedisState stranger = state(settings.withCredentials("app", "guess"))) {
                Limits limits = new RedisLimits(state);
                Claim claim = new Claim(bucket(10), 5, 1);
                ReservationId id = ReservationId.random();
                assertThat(limits.reserve(id, List.of(claim), Duration.ofMillis(1)).admitted()).isTrue();
                Await.until(() -> limits.peek(List.of(claim.bucket())).getFirst().reserved() == 0);
                limits.settle(id, List.of(new Charge(claim, 2)));
                limits.settleUnknown(ReservationId.random(), List.of(new Charge(claim, 2)), Duration.ZERO);
                assertThat(limits.add(List.of(new Hit(claim.bucket(), 1)))).extracting(Level::used).containsExactly(5L);
                limits.reset(claim.bucket());
                assertThatThrownBy(() -> new RedisLimits(stranger).peek(List.of(claim.bucket()))).isInstanceOf(StateUnavailable.class)
                        .hasMessageNotContaining("guess");
            }
        }
    }

    private static RedisServer encrypted(TestCertificate certificate, String clients) throws Exception {
        return RedisServer.start("--tls-port", String.valueOf(Ports.free()), "--tls-cert-file", certificate.certificate().toString(),
                "--tls-key-file", certificate.key().toString(), "--tls-ca-cert-file", certificate.certificate().toString(), "--tls-auth-clients", clients);
    }

    private static String encryptedUrl(RedisServer server) {
        return "rediss://127.0.0.1:" + server.setting("tls-port");
    }

    private static RedisState state(RedisSettings settings) {
        return new RedisState(VERTX, settings.deadline().compareTo(DEADLINE) > 0 ? settings : settings.withDeadline(DEADLINE));
    }

    /** Each in a slot of its own. */
    private static Bucket bucket(long amount) {
        return new Bucket(StateContract.KEYS.key(UUID.randomUUID().toString(), "limit", "key"), new FixedWindow(amount, DAY));
    }

    private static boolean answers(Limits limits, Bucket bucket) {
        long begin = System.nanoTime();
        try {
            limits.peek(List.of(bucket));
            return true;
        } catch (StateUnavailable e) {
            return false;
        } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("within the deadline").isLessThan(DEADLINE.plusMillis(700));
        }
    }
}
