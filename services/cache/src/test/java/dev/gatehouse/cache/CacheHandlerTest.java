package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.cache.Bench.Exchange;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Attachment.Protocol;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.vector.Stock;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheHandlerTest {

    private static final String ASK = "{'model':'m','messages':[{'role':'user','content':'How do I reset my password?'}]}";
    private static final String ASK_DIFFERENTLY = "{'model':'m','messages':[{'role':'user','content':'How can I reset my password'}]}";
    private static final String ANSWER = "{'model':'m-1','choices':[{'index':0,'finish_reason':'stop','message':{'role':'assistant',"
            + "'content':'By the link.'}}],'usage':{'prompt_tokens':11,'completion_tokens':4}}";

    // --- a miss, then hits

    @Test
    void anAnswerIsKeptAndServed() throws Exception {
        Bench bench = Bench.of("prices: {models: {m: {input: 1, output: 10}}}");
        assertThat(bench.send(ASK).answered(ANSWER).word()).isEqualTo("miss");
        Exchange hit = bench.send(ASK).answered("never asked");
        assertThat(hit.word()).isEqualTo("hit");
        assertThat(hit.status()).isEqualTo(200);
        assertThat(hit.reply()).contains("By the link.", "\"model\":\"m-1\"");
        assertThat(bench.count("gatehouse.cache.requests", "result", "hit", "tier", "exact")).isOne();
        assertThat(bench.count("gatehouse.cache.tokens.saved", "gen_ai.token.type", "input")).isEqualTo(11);
        assertThat(bench.count("gatehouse.cache.tokens.saved", "gen_ai.token.type", "output")).isEqualTo(4);
        assertThat(bench.count("gatehouse.cache.money.saved")).isEqualTo(0.000051);
        assertThat(bench.count("gatehouse.cache.answers", "result", "stored")).isOne();
    }

    @Test
    void whatOfTheBoundIsUsedIsAGaugeOfThePolicy() throws Exception {
        Bench bench = Bench.of("semantic: {maxWrongHits: 0.02}");
        bench.send(ASK).answered(ANSWER);
        assertThat(bench.gauge("gatehouse.cache.wrong.share.bound", "policy", "default/test", "of", "requests")).isEqualTo(0.02);
        assertThat(bench.gauge("gatehouse.cache.wrong.share", "policy", "default/test", "of", "requests")).isZero();
        assertThat(bench.gauge("gatehouse.cache.threshold", "policy", "default/test")).isEqualTo(0.9);
    }

    @Test
    void aQuestionInOtherWordsIsServedBySemantics() throws Exception {
        Bench bench = Bench.of("");
        bench.send(ASK).answered(ANSWER);
        assertThat(bench.send(ASK_DIFFERENTLY).answered(ANSWER).reply()).contains("By the link.");
        assertThat(bench.count("gatehouse.cache.requests", "result", "hit", "tier", "semantic")).isOne();
        assertThat(Bench.of("semantic: {enabled: false}").send(ASK).judged().handOver().get(HandOver.EMBEDDING)).isEmpty();
    }

    @Test
    void theEmbeddingAndTheIdentityAreHandedOn() throws Exception {
        Bench bench = Bench.of("");
        HandOver first = bench.send(ASK).judged().handOver();
        assertThat(first.get(HandOver.EMBEDDING)).isPresent();
        assertThat(first.get(HandOver.PRINCIPAL)).contains("ada");
        Bench.Sending again = bench.send(ASK);
        for (Map.Entry<String, Object> value : first.values().entrySet()) {
            again = again.handedOver(value.getKey(), value.getValue());
        }
        assertThat(again.judged().handOver().values().keySet()).containsExactly("cache");
    }

    @Test
    void aPromptThatIsNotCachedCostsNothingAndIsNotSeenAgain() throws Exception {
        Bench bench = Bench.of("");
        Exchange seeded = bench.send("{'model':'m','seed':1,'messages':[{'role':'user','content':'hi'}]}").judged();
        assertThat(seeded.word()).isEqualTo("bypass");
        assertThat(((RequestVerdict.Forward) seeded.verdict).body()).isEmpty();
        assertThat(bench.count("gatehouse.cache.requests", "result", "bypass", "reason", "seed")).isOne();
    }

    // --- what is not kept

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "500 | {}                  | COMPLETED | a fault of the provider",
            "201 | {}                  | COMPLETED | another status",
            "200 | replied_by=guard    | COMPLETED | a local reply of a service behind",
            "200 | risk_verdict=Block  | COMPLETED | what response-risk has blocked",
            "200 | {}                  | ABORTED   | a client that went away",
    })
    void theseAreNotKept(int status, String metadata, Ending ending, String what) throws Exception {
        Bench bench = Bench.of("");
        Map<String, Object> handedOver = metadata.equals("{}") ? Map.of() : Map.of(metadata.split("=")[0], metadata.split("=")[1]);
        bench.send(ASK).judged().answered(status, handedOver, ANSWER).ended(ending);
        assertThat(bench.send(ASK).judged().word()).as(what).isEqualTo("miss");
    }

    @ParameterizedTest
    @CsvSource({"'',miss", "Allow,hit", "Report,hit", "Mask,hit", "Block,miss"})
    void whereInspectionIsRequiredTheVerdictMustBeThereAndPass(String verdict, String then) throws Exception {
        Bench bench = Bench.of("requireInspection: true");
        bench.send(ASK).judged().answered(200, verdict.isEmpty() ? Map.of() : Map.of("risk_verdict", verdict), ANSWER).ended(Ending.COMPLETED);
        assertThat(bench.send(ASK).judged().word()).isEqualTo(then);
    }

    @Test
    void aStreamThatBreaksOffIsNotKept() throws Exception {
        Bench bench = Bench.of("");
        bench.send(ASK).answered("data: {'choices':[{'index':0,'delta':{'content':'By the'}}]}\n\n");
        assertThat(bench.send(ASK).judged().word()).isEqualTo("miss");
        bench.send(ASK).answered("data: {'choices':[{'index':0,'delta':{'content':'By the link.'}}]}\n\ndata: {'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}\n\ndata: [DONE]\n\n");
        assertThat(bench.send(ASK).judged().word()).isEqualTo("hit");
    }

    // --- placeholders and the guard

    @Test
    void anAnswerWithThePlaceholdersOfTheGuardIsServedToWhoHasThem() throws Exception {
        Bench bench = Bench.of("scope: Shared");
        String masked = "{'model':'m','messages':[{'role':'user','content':'Write to [EMAIL_1]'}]}";
        String answer = ANSWER.replace("By the link.", "Dear [EMAIL_1], hello, [PERSON_1]");
        guarded(bench.send(masked)).answered(answer);
        assertThat(guarded(bench.send(masked)).judged().word()).isEqualTo("miss");
        guarded(bench.send(masked)).answered(ANSWER.replace("By the link.", "Dear [EMAIL_1]"));
        assertThat(guarded(bench.send(masked)).judged().word()).isEqualTo("hit");
        assertThat(guarded(bench.send(masked)).with("x-user", "bob").judged().word()).isEqualTo("hit");
    }

    @Test
    void whatTheGuardLeftUnmaskedIsServedToTheSameConsumerAlone() throws Exception {
        Bench bench = Bench.of("scope: Shared");
        bench.send(ASK).handedOver("guard_verdict", "Report").handedOver("guard_categories", "!EMAIL").answered(ANSWER);
        assertThat(bench.send(ASK).handedOver("guard_verdict", "Report").handedOver("guard_categories", "!EMAIL").judged().word()).isEqualTo("hit");
        assertThat(bench.send(ASK).handedOver("guard_verdict", "Report").handedOver("guard_categories", "!EMAIL").with("x-user", "bob").judged().word())
                .isEqualTo("miss");
        assertThat(guarded(bench.send(ASK)).judged().word()).isEqualTo("miss");
    }

    private static Bench.Sending guarded(Bench.Sending sending) {
        return sending.handedOver("guard_verdict", "Allow");
    }

    // --- shadow, learning

    @Test
    void shadowServesNothingAndMeasuresHits() throws Exception {
        Bench bench = Bench.of("mode: Shadow");
        bench.send(ASK).answered(ANSWER);
        Exchange second = bench.send(ASK_DIFFERENTLY).answered(ANSWER);
        assertThat(second.isReplied()).isFalse();
        assertThat(bench.count("gatehouse.cache.shadow.hits", "tier", "semantic")).isOne();
        assertThat(bench.count("gatehouse.cache.lessons", "source", "shadow", "right", "true")).isOne();
    }

    @Test
    void aMissTeachesWhetherItsNeighbourWouldHaveBeenRight() throws Exception {
        Bench bench = Bench.of("");
        bench.send(ask("Which numbers are in 12?")).answered(ANSWER);
        bench.send(ask("Which numbers are in 13?")).answered(ANSWER.replace("By the link.", "Thirteen is one number, and it is prime"));
        assertThat(bench.count("gatehouse.cache.near.misses", "veto", "number")).isOne();
        assertThat(bench.count("gatehouse.cache.lessons", "source", "miss", "right", "false")).isOne();
    }

    private static String ask(String text) {
        return "{'model':'m','messages':[{'role':'user','content':'" + text + "'}]}";
    }

    // --- equal prompts at the same time, stale answers

    @Test
    void aBurstOfEqualPromptsMakesOneCall() throws Exception {
        Bench bench = Bench.of("singleFlight: {maxWait: 20s}");
        Exchange pilot = bench.send(ASK).judged();
        List<Future<Exchange>> others = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                others.add(threads.submit(() -> bench.send(ASK).judged()));
            }
            pilot.answered(200, Map.of(), ANSWER).ended(Ending.COMPLETED);
        }
        assertThat(pilot.word()).isEqualTo("miss");
        for (Future<Exchange> other : others) {
            assertThat(other.get().reply()).contains("By the link.");
        }
        assertThat(bench.count("gatehouse.cache.requests", "result", "miss")).isOne();
    }

    @Test
    void whereTheFirstFailsTheOthersGoToTheModel() throws Exception {
        Bench bench = Bench.of("singleFlight: {maxWait: 20s}");
        Exchange pilot = bench.send(ASK).judged();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Exchange> other = threads.submit(() -> bench.send(ASK).judged());
            Future<Exchange> elsewhere = threads.submit(() -> bench.send(ask("Another question, at the same time?")).judged());
            assertThat(elsewhere.get().word()).isEqualTo("miss");
            pilot.answered(500, Map.of(), "{}").ended(Ending.ABORTED);
            assertThat(other.get().word()).isEqualTo("miss");
        }
    }

    @Test
    void aFirstThatTakesTooLongIsNotWaitedForAnyMore() throws Exception {
        Bench bench = Bench.of("singleFlight: {maxWait: 50ms}");
        Exchange pilot = bench.send(ASK).judged();
        assertThat(bench.send(ASK).judged().word()).isEqualTo("miss");
        pilot.answered(200, Map.of(), ANSWER).ended(Ending.COMPLETED);
        assertThat(bench.send(ASK).judged().word()).isEqualTo("hit");
    }

    @Test
    void aStaleAnswerIsServedWhileTheBackendIsAskedAnewWithItsOwnCredential() throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            byte[] fresh = ANSWER.replace('\'', '"').replace("By the link.", "By the new link.").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(200, fresh.length);
            exchange.getResponseBody().write(fresh);
            exchange.close();
        });
        backend.start();
        Bench bench = Bench.of("ttl: 10m\nstaleWhileRevalidate: {keep: 1h, backend: 'http://127.0.0.1:" + backend.getAddress().getPort() + "'}");
        bench.send(ASK).answered(ANSWER);
        bench.later(Duration.ofMinutes(11));
        Exchange stale = bench.send(ASK).with("authorization", "Bearer of-the-client").judged();
        assertThat(stale.word()).isEqualTo("stale");
        assertThat(stale.reply()).contains("By the link.");
        assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("/v1/chat/completions []");
        bench.revalidations.acquire();
        Exchange fresh = bench.send(ASK).judged();
        assertThat(fresh.word()).isEqualTo("hit");
        assertThat(fresh.reply()).contains("By the new link.");
        assertThat(asked).isEmpty();
        backend.stop(0);
    }

    // --- failures

    @Test
    void withoutItsStoreTheRequestGoesOn() throws Exception {
        Bench bench = Bench.over("", failing());
        Exchange exchange = bench.send(ASK).answered(ANSWER);
        assertThat(exchange.word()).isEqualTo("miss");
        assertThat(bench.count("gatehouse.cache.requests", "reason", "store_unavailable")).isOne();
        assertThat(bench.count("gatehouse.cache.answers", "result", "store_unavailable")).isOne();
    }

    @Test
    void withoutItsStoreNobodyWaitsForAnother() throws Exception {
        Bench bench = Bench.over("singleFlight: {maxWait: 60s}", failing());
        assertThat(bench.send(ASK).judged().word()).isEqualTo("miss");
        assertThat(bench.send(ASK).judged().word()).isEqualTo("miss");
        assertThat(bench.count("gatehouse.cache.flights")).isZero();
    }

    private static Stock failing() {
        return (Stock) Proxy.newProxyInstance(Stock.class.getClassLoader(), new Class<?>[] {Stock.class}, (proxy, method, arguments) -> {
            throw new StateUnavailable("gone");
        });
    }

    @Test
    void aSlowStoreCostsNoMoreThanThePolicysTimeout() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Stock stuck = (Stock) Proxy.newProxyInstance(Stock.class.getClassLoader(), new Class<?>[] {Stock.class}, (proxy, method, arguments) -> {
            never.await();
            return Optional.empty();
        });
        Bench bench = Bench.over("timeout: 50ms", stuck);
        Instant began = Instant.now();
        assertThat(bench.send(ASK).judged().word()).isEqualTo("miss");
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(bench.count("gatehouse.cache.requests", "reason", "too_late")).isOne();
    }

    @ParameterizedTest
    @CsvSource({"EXT_AUTHZ_GRPC,FailOpen,bypass", "EXT_AUTHZ_HTTP,FailOpen,bypass", "EXT_AUTHZ_GRPC,FailClosed,503", "EXT_AUTHZ_HTTP,FailClosed,503"})
    void whereAnswersCannotBeSeenACacheIsNone(Protocol protocol, String failureMode, String then) throws Exception {
        Bench bench = Bench.of("failureMode: " + failureMode);
        Exchange exchange = bench.send(ASK).over(new Attachment(protocol, BodyMode.BUFFERED, BodyMode.NONE)).judged();
        assertThat(exchange.isReplied() ? Integer.toString(exchange.status()) : exchange.word()).isEqualTo(then);
    }

    /** Adversarial case 9: what is left is time, which tells members of one scope of each other. */
    @Test
    void nothingButTimeTellsAHitWhereThePolicyDoesNotSaySo() throws Exception {
        Bench bench = Bench.of("");
        bench.send(ASK).answered(ANSWER);
        LocalReply hidden = ((RequestVerdict.Reply) bench.send(ASK).judged().verdict).reply();
        assertThat(hidden.headers().fields()).extracting(Headers.Field::name).containsExactly("content-type");
        Bench open = Bench.of("expose: true");
        open.send(ASK).answered(ANSWER);
        LocalReply told = ((RequestVerdict.Reply) open.send(ASK).judged().verdict).reply();
        assertThat(told.headers().first("x-gatehouse-cache")).contains("hit");
        assertThat(told.headers().first("age")).isPresent();
    }

    // --- the client's word

    @Test
    void whoWantsACachedAnswerOrNoneIsToldInItsProvidersWords() throws Exception {
        Bench bench = Bench.of("");
        Exchange exchange = bench.send("{'model':'c','max_tokens':9,'messages':[{'role':'user','content':'hi'}]}").to("/v1/messages")
                .with("cache-control", "only-if-cached").judged();
        assertThat(exchange.status()).isEqualTo(504);
        assertThat(exchange.reply()).startsWith("{\"type\":\"error\"").contains("not_cached");
    }

    @Test
    void whoWantsNothingOlderGetsNothingOlder() throws Exception {
        Bench bench = Bench.of("");
        bench.send(ASK).answered(ANSWER);
        assertThat(bench.send(ASK).with("cache-control", "max-age=0").judged().word()).isIn("miss", "hit");
        assertThat(bench.send(ASK).with("cache-control", "no-cache").judged().word()).isEqualTo("miss");
        assertThat(bench.send(ASK).with("cache-control", "no-store").judged().word()).isEqualTo("bypass");
        assertThat(bench.send(ASK).with("cache-control", "max-age=3600").judged().word()).isEqualTo("hit");
    }

    @Test
    void nothingOfAPromptIsInAMeter() throws Exception {
        Bench bench = Bench.of("");
        bench.send(ask("a very secret question about Zanzibar")).answered(ANSWER);
        assertThat(bench.meters.getMeters().toString() + bench.meters.getMetersAsString()).doesNotContain("Zanzibar");
    }
}
