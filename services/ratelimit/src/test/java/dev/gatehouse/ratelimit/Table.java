package dev.gatehouse.ratelimit;

import dev.gatehouse.exchange.Acceptance;
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
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.source.FixedSource;
import dev.gatehouse.ratelimit.admit.Budgets;
import dev.gatehouse.ratelimit.admit.Overrides;
import dev.gatehouse.ratelimit.compile.LimitCompiler;
import dev.gatehouse.ratelimit.telemetry.RateLimitTelemetry;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.limit.Limits;
import dev.gatehouse.state.limit.MemoryLimits;
import dev.gatehouse.tokens.TokenCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One policy over a store in memory, and exchanges played under it as an attachment would. */
public final class Table {

    public static final Attachment DUPLEX = new Attachment(Protocol.EXT_PROC, BodyMode.FULL_DUPLEX_STREAMED, BodyMode.FULL_DUPLEX_STREAMED);
    private static final TokenCounter COUNTER = new TokenCounter(Map.of());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RateLimitFeature feature;
    private Attachment attachment = DUPLEX;

    private Table(Limits store, String spec) {
        KeyedHash hash = KeyedHash.of("a key of tests only".getBytes(StandardCharsets.UTF_8));
        Budgets budgets = new Budgets(new Keys(hash), () -> Overrides.NONE);
        Limiter limiter = Limiter.over(onStateLoss -> store, budgets, hash, COUNTER, new RateLimitTelemetry(meters));
        feature = new RateLimitFeature(FixedSource.of(TokenRateLimitPolicy.KIND, document(spec), new LimitCompiler()), limiter);
    }

    /** @param spec YAML of the policy's spec without {@code targetRefs}, indented by nothing */
    public static Table with(String spec) {
        return new Table(new MemoryLimits(1000), spec);
    }

    public static Table over(Limits store, String spec) {
        return new Table(store, spec);
    }

    public Table attached(Attachment attachment) {
        this.attachment = attachment;
        return this;
    }

    public SimpleMeterRegistry meters() {
        return meters;
    }

    public Limiter limiter() {
        return feature.limiter();
    }

    public RateLimitFeature feature() {
        return feature;
    }

    /** Begins an exchange. */
    public Played ask(String path, String body, String... headers) {
        return ask(path, body, Metadata.empty(), headers);
    }

    public Played ask(String path, String body, Metadata metadata, String... headers) {
        Headers fields = Headers.of(headers).with("content-type", "application/json");
        RequestHead head = new RequestHead(body.isEmpty() ? "GET" : "POST", "ai.test", path, fields, Map.of("source.address", "10.1.2.3:4711"),
                metadata, Optional.empty(), attachment);
        return new Played(feature.accept(head).orElseThrow(), head, body.getBytes(StandardCharsets.UTF_8));
    }

    /** One exchange. */
    public static final class Played {
        private final Handler handler;
        private final RequestVerdict verdict;
        private HandOver handOver = HandOver.none();
        private Headers responseHeaders = Headers.empty();

        private Played(Acceptance acceptance, RequestHead head, byte[] body) {
            this.handler = acceptance.handler();
            this.verdict = judge(head, acceptance.interest().requestBody() ? Body.whole(body) : new Body(new byte[0], Body.Extent.NOT_SENT, Headers.empty()));
        }

        private RequestVerdict judge(RequestHead head, Body body) {
            try {
                return handler.request(new Request() {
                    @Override
                    public RequestHead head() {
                        return head;
                    }

                    @Override
                    public Body body() {
                        return body;
                    }
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        public boolean forwarded() {
            return verdict instanceof RequestVerdict.Forward;
        }

        public RequestVerdict.Forward forward() {
            return (RequestVerdict.Forward) verdict;
        }

        public RequestVerdict.Reply reply() {
            return (RequestVerdict.Reply) verdict;
        }

        public String replyText() {
            return new String(reply().reply().body(), StandardCharsets.UTF_8);
        }

        public HandOver handOver() {
            return handOver;
        }

        public Headers responseHeaders() {
            return responseHeaders;
        }

        /** The whole answer, as JSON. */
        public String answered(int status, String body) {
            return answered(status, Metadata.empty(), "application/json", List.of(body), true);
        }

        /** Chunks of an answer, and whether it came to its end. @return what the client got */
        public String answered(int status, Metadata metadata, String type, List<String> chunks, boolean whole) {
            List<byte[]> bytes = chunks.stream().map(chunk -> chunk.getBytes(StandardCharsets.UTF_8)).toList();
            return answered(new ResponseHead(status, Headers.of("content-type", type), Map.of(), metadata), bytes, whole);
        }

        public String answered(ResponseHead head, List<byte[]> chunks, boolean whole) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                ResponseVerdict verdict = handler.response(response(head));
                responseHeaders = switch (verdict) {
                    case ResponseVerdict.Pass pass -> new Headers(pass.headers().set());
                    case ResponseVerdict.Rewrite rewrite -> new Headers(rewrite.headers().set());
                    case ResponseVerdict.Replace replace -> throw new IllegalStateException();
                };
                if (verdict instanceof ResponseVerdict.Rewrite rewrite) {
                    handOver = rewrite.rewriter().rewrite(chunks(chunks, whole), out::writeBytes);
                } else {
                    chunks.forEach(out::writeBytes);
                }
                handler.close(Ending.COMPLETED);
            } catch (InterruptedException cut) {
                close(Ending.ABORTED);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return out.toString(StandardCharsets.UTF_8);
        }

        public void close(Ending ending) {
            try {
                handler.close(ending);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static Response response(ResponseHead head) {
            return new Response() {
                @Override
                public ResponseHead head() {
                    return head;
                }

                @Override
                public Body body() {
                    throw new UnsupportedOperationException("an answer is not to be collected");
                }
            };
        }

        private static BodyRewriter.Chunks chunks(List<byte[]> chunks, boolean whole) {
            Deque<byte[]> left = new ArrayDeque<>(chunks);
            return new BodyRewriter.Chunks() {
                @Override
                public byte[] next() throws InterruptedException {
                    if (left.isEmpty() && !whole) {
                        throw new InterruptedException("cut");
                    }
                    return left.poll();
                }

                @Override
                public Headers trailers() {
                    return Headers.empty();
                }
            };
        }
    }

    private static String document(String spec) {
        return """
                apiVersion: gatehouse.dev/v1alpha1
                kind: TokenRateLimitPolicy
                metadata: {name: teams, namespace: ai}
                spec:
                  targetRefs: [{kind: Gateway, name: "*"}]
                """ + spec.indent(2);
    }
}
