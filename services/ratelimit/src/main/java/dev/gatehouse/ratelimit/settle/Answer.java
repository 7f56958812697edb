package dev.gatehouse.ratelimit.settle;

import dev.gatehouse.exchange.BodyRewriter.Chunks;
import dev.gatehouse.exchange.BodyRewriter.Sink;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.coding.ContentCoding;
import dev.gatehouse.policy.limit.CacheHits;
import dev.gatehouse.policy.limit.Price;
import dev.gatehouse.policy.limit.Prices;
import dev.gatehouse.ratelimit.ask.Asked;
import dev.gatehouse.tokens.TokenCounter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The answer to one request, as far as it has come. Not for several threads; close it. */
public final class Answer implements AutoCloseable {

    private static final List<String> FROM_CACHE = List.of("hit", "stale");

    private final Asked asked;
    private final ResponseHead head;
    /** What services behind tell. */
    private HandOver inner;
    private final double cachedShare;
    private AnswerMeter meter;
    private Outcome last;

    public Answer(Asked asked, ResponseHead head, CacheHits cacheHits) {
        this.asked = asked;
        this.head = head;
        this.inner = HandOver.read(head.metadata());
        this.cachedShare = cacheHits.share();
    }

    /** Whether no model answered: an error, or the refusal of a service behind us. */
    public boolean isFailure() {
        return head.status() >= 400 || inner.get(HandOver.REPLIED_BY).isPresent() && !isFromCache();
    }

    private boolean isFromCache() {
        return inner.get(HandOver.CACHE).filter(FROM_CACHE::contains).isPresent();
    }

    /**
     * Lets the answer pass, chunk by chunk, and reads it.
     *
     * @param hidesUsage whether the event with the usage was asked for by us alone
     * @param maxBytes   the largest event, or whole JSON body, that is held
     */
    public void pass(Chunks in, Sink out, boolean hidesUsage, int maxBytes) throws InterruptedException {
        meter = new AnswerMeter(asked.format().orElse(Format.OPENAI_CHAT), head.headers(), maxBytes);
        if (hidesUsage && isPlainEventStream()) {
            passFiltered(in, out, new UsageEventFilter());
        } else {
            for (byte[] chunk = in.next(); chunk != null; chunk = in.next()) {
                out.write(chunk);
                meter.passed(chunk);
            }
        }
        inner = inner.plus(in.handOver());
        meter.ended();
    }

    private void passFiltered(Chunks in, Sink out, UsageEventFilter filter) throws InterruptedException {
        for (byte[] chunk = in.next(); chunk != null; chunk = in.next()) {
            write(filter.pass(chunk), out);
            meter.passed(chunk);
        }
        write(filter.end(), out);
    }

    private static void write(byte[] bytes, Sink out) throws InterruptedException {
        if (bytes.length > 0) {
            out.write(bytes);
        }
    }

    private boolean isPlainEventStream() {
        boolean events = head.headers().first("content-type").filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")).isPresent();
        return events && !ContentCoding.isEncoded(String.join(",", head.headers().all("content-encoding")));
    }

    /** What the exchange came to. It is counted once: ask when the answer has ended, or broken off. */
    public Outcome outcome(TokenCounter counter) {
        if (last == null) {
            last = count(counter);
        }
        return last;
    }

    private Outcome count(TokenCounter counter) {
        if (isFailure()) {
            return new Outcome.Failed();
        }
        if (meter == null) {
            return new Outcome.Estimated();
        }
        long told = inner.get(HandOver.OUTPUT_TOKENS).map(Double::longValue).orElse(0L);
        return new Outcome.Answered(Used.of(asked, meter, counter, told), isFromCache() ? cachedShare : 1, meter.isWhole());
    }

    /** What the answer says. */
    public LlmResponse response() {
        return meter.response();
    }

    /** The price of the model that answered, where it has one of its own. */
    public Optional<Price> price(Prices prices) {
        Optional<String> answered = meter == null ? Optional.empty() : meter.response().model();
        return Stream.of(inner.get(HandOver.ROUTE_MODEL), answered).flatMap(Optional::stream).map(prices::named).flatMap(Optional::stream).findFirst();
    }

    @Override
    public void close() {
        if (meter != null) {
            meter.close();
        }
    }
}
