package dev.gatehouse.cache;

import dev.gatehouse.cache.answer.Replay;
import dev.gatehouse.cache.ask.Asker;
import dev.gatehouse.cache.bound.Bound;
import dev.gatehouse.cache.bound.FixedBound;
import dev.gatehouse.cache.compile.CacheCompiler;
import dev.gatehouse.cache.flight.SingleFlight;
import dev.gatehouse.cache.look.Desk;
import dev.gatehouse.cache.refresh.Revalidation;
import dev.gatehouse.cache.telemetry.CacheTelemetry;
import dev.gatehouse.cache.tier.Sealer;
import dev.gatehouse.cache.tier.SemanticCache;
import dev.gatehouse.cache.verify.TextVerifier;
import dev.gatehouse.cache.verify.sameness.WordSameness;
import dev.gatehouse.embedding.ChainEmbedder;
import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.embedding.EmbedderSettings;
import dev.gatehouse.embedding.EncoderSettings;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Attachment.Protocol;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.BodyRewriter;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Handler;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.Response;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.exchange.ResponseVerdict;
import dev.gatehouse.llm.synthetic.Ids;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.source.FixedSource;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.MemoryValues;
import dev.gatehouse.state.vector.MemoryStock;
import dev.gatehouse.state.vector.Stock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A cache with its own encoder and store, and exchanges through it as a host would drive them. */
final class Bench {

    private static final KeyedHash HASH = KeyedHash.of("a secret of the test".getBytes(StandardCharsets.UTF_8));
    private static final Embedder EMBEDDER =
            Embedder.open(EncoderSettings.standard(), EmbedderSettings.STANDARD.withDeadline(Duration.ofSeconds(20)), HASH);
    private static final Keys KEYS = new Keys(HASH);
    private static final Attachment DUPLEX = new Attachment(Protocol.EXT_PROC, BodyMode.FULL_DUPLEX_STREAMED, BodyMode.FULL_DUPLEX_STREAMED);
    private static final String POLICY = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: SemanticCachePolicy
            metadata: {name: test}
            spec:
              targetRefs: [{kind: Gateway, name: "*"}]
              identity: {principal: [{header: {name: x-user, setBy: {name: "*"}}}]}
            """;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    /** One permit for each kind of end that a revalidation had. */
    final Semaphore revalidations = new Semaphore(0);
    private final CacheFeature feature;
    private volatile Duration passed = Duration.ZERO;

    private Bench(String spec, Stock stock) {
        meters.config().onMeterAdded(meter -> {
            if (meter.getId().getName().equals("gatehouse.cache.revalidations")) {
                revalidations.release();
            }
        });
        Bound bound = new FixedBound(0.9);
        SemanticCache tiers = new SemanticCache(stock, new TextVerifier(), bound, Sealer.NONE, () -> Instant.now().plus(passed));
        Desk desk = Desk.of(HASH, new Asker(HASH, "test"), new ChainEmbedder("cache", EMBEDDER, HASH), tiers, head -> "");
        String patient = spec.contains("timeout:") ? spec : spec + "\ntimeout: 20s";
        feature = new CacheFeature(FixedSource.of(SemanticCachePolicy.KIND, POLICY + patient.indent(2), new CacheCompiler()), desk,
                new Replay(InstantSource.system(), Ids.random()), new SingleFlight(Optional.empty(), KEYS),
                new Revalidation(Revalidation.Place.of(Optional.empty(), new MemoryValues(1 << 20), KEYS), tiers), new WordSameness(),
                new CacheTelemetry(meters, bound));
    }

    /** A cache of this spec (YAML, without targetRefs and identity). */
    static Bench of(String spec) {
        return new Bench(spec, new MemoryStock(1 << 26));
    }

    static Bench over(String spec, Stock stock) {
        return new Bench(spec, stock);
    }

    /** Time goes on for entries. */
    void later(Duration more) {
        passed = passed.plus(more);
    }

    double count(String meter, String... tags) {
        return meters.find(meter).tags(tags).counters().stream().mapToDouble(counter -> counter.count()).sum();
    }

    double gauge(String meter, String... tags) {
        return meters.get(meter).tags(tags).gauge().value();
    }

    /** A request, to be sent. */
    Sending send(String body) {
        return new Sending("/v1/chat/completions", body, Headers.of("x-user", "ada"), Map.of(), DUPLEX);
    }

    /** A request as it will be sent. */
    final class Sending {

        private final String path;
        private final String body;
        private final Headers headers;
        private final Map<String, Object> handedOver;
        private final Attachment attachment;

        private Sending(String path, String body, Headers headers, Map<String, Object> handedOver, Attachment attachment) {
            this.path = path;
            this.body = body;
            this.headers = headers;
            this.handedOver = handedOver;
            this.attachment = attachment;
        }

        Sending to(String otherPath) {
            return new Sending(otherPath, body, headers, handedOver, attachment);
        }

        Sending with(String name, String value) {
            return new Sending(path, body, headers.with(name, value), handedOver, attachment);
        }

        Sending handedOver(String key, Object value) {
            Map<String, Object> more = new HashMap<>(handedOver);
            more.put(key, value);
            return new Sending(path, body, headers, more, attachment);
        }

        Sending over(Attachment other) {
            return new Sending(path, body, headers, handedOver, other);
        }

        /** Up to where the request is judged. */
        Exchange judged() throws Exception {
            RequestHead head = new RequestHead("POST", "host", path, headers, Map.of(), Metadata.of(HandOver.NAMESPACE, handedOver), Optional.empty(), attachment);
            Handler handler = feature.accept(head).orElseThrow().handler();
            return new Exchange(handler, handler.request(new SentRequest(head, Body.whole(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))));
        }

        /** To its end, with this answer of a model if it goes there. */
        Exchange answered(String answer) throws Exception {
            Exchange exchange = judged();
            return exchange.isReplied() ? exchange.ended(Ending.REPLIED) : exchange.answered(200, Map.of(), answer).ended(Ending.COMPLETED);
        }
    }

    private record SentRequest(RequestHead head, Body body) implements Request {}

    private record SentResponse(ResponseHead head, Body body) implements Response {}

    /** One exchange. */
    static final class Exchange {

        final RequestVerdict verdict;
        private final Handler handler;

        private Exchange(Handler handler, RequestVerdict verdict) {
            this.handler = handler;
            this.verdict = verdict;
        }

        boolean isReplied() {
            return verdict instanceof RequestVerdict.Reply;
        }

        int status() {
            return ((RequestVerdict.Reply) verdict).reply().status();
        }

        String reply() {
            return new String(((RequestVerdict.Reply) verdict).reply().body(), StandardCharsets.UTF_8);
        }

        HandOver handOver() {
            return switch (verdict) {
                case RequestVerdict.Reply reply -> reply.reply().handOver();
                case RequestVerdict.Forward forward -> forward.handOver();
            };
        }

        /** What the metadata says of the cache. */
        String word() {
            return handOver().get(HandOver.CACHE).orElseThrow();
        }

        /** The answer of a model or of a service behind, whole or, where it has data lines, as events. */
        Exchange answered(int status, Map<String, Object> metadata, String answer) throws Exception {
            if (!handler.wantsResponse()) {
                return this;
            }
            String type = answer.startsWith("data:") ? "text/event-stream" : "application/json";
            byte[] bytes = answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            ResponseHead head = new ResponseHead(status, Headers.of("content-type", type), Map.of(), Metadata.of(HandOver.NAMESPACE, metadata));
            if (handler.response(new SentResponse(head, Body.whole(bytes))) instanceof ResponseVerdict.Rewrite rewrite) {
                StringBuilder passed = new StringBuilder();
                rewrite.rewriter().rewrite(chunks(bytes), piece -> passed.append(new String(piece, StandardCharsets.ISO_8859_1)));
                if (!passed.toString().equals(new String(bytes, StandardCharsets.ISO_8859_1))) {
                    throw new AssertionError("the answer was changed");
                }
            }
            return this;
        }

        Exchange ended(Ending ending) throws Exception {
            handler.close(ending);
            return this;
        }

        private static BodyRewriter.Chunks chunks(byte[] bytes) {
            int half = bytes.length / 2;
            Iterator<byte[]> pieces = List.of(Arrays.copyOf(bytes, half), Arrays.copyOfRange(bytes, half, bytes.length)).iterator();
            return new BodyRewriter.Chunks() {
                @Override
                public byte[] next() {
                    return pieces.hasNext() ? pieces.next() : null;
                }

                @Override
                public Headers trailers() {
                    return Headers.empty();
                }
            };
        }
    }
}
