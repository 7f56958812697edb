package dev.gatehouse.router.apply;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.policy.routing.SemanticRoutingSpec;
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
 * @param spec of the policy
 */
public record Changes(SemanticRoutingSpec spec, Mark mark) {

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
        spec.header().ifPresent(names::add);
        spec.targets().forEach(target -> names.addAll(target.headerNames()));
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
        HeaderChange headers = withHeaders(decision, read.flatMap(known -> known.request().model()));
        return decision.model().isPresent() ? named(headers, decision.model().get(), read.orElseThrow(), handOver)
                : new RequestVerdict.Forward(headers, Optional.empty(), handOver, true);
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
            spec.header().ifPresent(name -> set.put(name, model));
        });
        HeaderChange headers = cleaned(Set.of());
        for (var header : set.entrySet()) {
            headers = headers.setting(header.getKey(), header.getValue());
        }
        return headers.setting(Mark.HEADER, mark.of(decision.model().or(() -> requested).orElse(""), set));
    }
}
