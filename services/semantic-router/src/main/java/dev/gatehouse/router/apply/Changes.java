package dev.gatehouse.router.apply;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.router.decide.Decision;
import dev.gatehouse.router.decide.RequestReader.Read;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Changes a request as a decision says: the model in body or path and in the headers together, and the host matches the route anew.
 *
 * @param header  the policy's own header for the model
 * @param headers the names of all headers that its targets set
 */
public record Changes(Optional<String> header, Set<String> headers, Mark mark) {

    /** What routes and the inference extension match by. */
    public static final String MODEL_HEADER = "x-gateway-model-name";

    /** Only the router, or a gateway behind it, writes these. */
    private static final List<String> RESERVED = List.of(MODEL_HEADER, "x-gateway-base-model-name", Mark.HEADER);

    /**
     * Takes away the headers that a client must not send: those that this policy routes by.
     *
     * @param vouched those that another gateway of ours has set
     */
    public HeaderChange cleaned(Set<String> vouched) {
        Set<String> names = new LinkedHashSet<>(RESERVED);
        header.ifPresent(names::add);
        names.addAll(headers);
        HeaderChange change = HeaderChange.none();
        for (String name : names) {
            change = vouched.contains(name) ? change : change.removing(name);
        }
        return change;
    }

    /** The request is left as it came, but for what a client must not send. */
    public RequestVerdict kept(HandOver handOver) {
        return new RequestVerdict.Forward(cleaned(Set.of()), Optional.empty(), handOver, true);
    }

    /** The request was routed by another gateway of ours, which vouches for these headers. */
    public RequestVerdict routed(Set<String> vouched) {
        HeaderChange others = cleaned(vouched);
        HeaderChange change = new HeaderChange(others.set(), others.remove().stream().filter(name -> !name.equals(Mark.HEADER)).toList());
        return new RequestVerdict.Forward(change, Optional.empty(), HandOver.none(), !change.isEmpty());
    }

    /** @param read the request; a decision names no model where there is none */
    public RequestVerdict changed(Decision decision, Optional<Read> read, HandOver handOver) {
        HeaderChange changed = withHeaders(decision, read.flatMap(known -> known.request().model()));
        return decision.model().isPresent() ? named(changed, decision.model().get(), read.orElseThrow(), handOver)
                : new RequestVerdict.Forward(changed, Optional.empty(), handOver, true);
    }

    private static RequestVerdict named(HeaderChange headers, String model, Read read, HandOver handOver) {
        LlmRequest.Rewritten rewritten = read.request().withModel(model);
        HeaderChange moved = rewritten.path().equals(read.request().path()) ? headers : headers.setting(":path", rewritten.path());
        HeaderChange plain = read.decoded() ? moved.removing("content-encoding") : moved;
        return new RequestVerdict.Forward(plain, Optional.of(rewritten.body()), handOver, true);
    }

    private HeaderChange withHeaders(Decision decision, Optional<String> requested) {
        Map<String, String> set = new TreeMap<>(decision.headers());
        decision.model().ifPresent(model -> {
            set.put(MODEL_HEADER, model);
            header.ifPresent(name -> set.put(name, model));
        });
        HeaderChange change = cleaned(Set.of());
        for (var one : set.entrySet()) {
            change = change.setting(one.getKey(), one.getValue());
        }
        return change.setting(Mark.HEADER, mark.of(decision.model().or(() -> requested).orElse(""), set));
    }
}
