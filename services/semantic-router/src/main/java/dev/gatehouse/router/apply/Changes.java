package dev.gatehouse.router.apply;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.policy.routing.SemanticRoutingSpec;
import dev.gatehouse.router.decide.Decision;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** The headers that a client must not send: those that this policy routes by. */
    public HeaderChange cleaned() {
        Set<String> names = new LinkedHashSet<>(RESERVED);
        spec.header().ifPresent(names::add);
        spec.targets().forEach(target -> names.addAll(target.headers().keySet()));
        HeaderChange change = HeaderChange.none();
        for (String name : names) {
            change = change.removing(name);
        }
        return change;
    }

    /** The request is left as it came, but for what a client must not send. */
    public RequestVerdict kept(HandOver handOver) {
        return new RequestVerdict.Forward(cleaned(), Optional.empty(), handOver, true);
    }

    /** @param request that was read; its body was decoded if {@code decoded} */
    public RequestVerdict changed(Decision decision, Optional<LlmRequest> request, boolean decoded, HandOver handOver) {
        HeaderChange headers = withHeaders(decision);
        Optional<LlmRequest> renamed = request.filter(asked -> decision.model().isPresent());
        if (renamed.isEmpty()) {
            return new RequestVerdict.Forward(headers, Optional.empty(), handOver, true);
        }
        LlmRequest.Rewritten rewritten = renamed.get().withModel(decision.model().get());
        if (!rewritten.path().equals(renamed.get().path())) {
            headers = headers.setting(":path", rewritten.path());
        }
        return new RequestVerdict.Forward(decoded ? headers.removing("content-encoding") : headers, Optional.of(rewritten.body()), handOver, true);
    }

    private HeaderChange withHeaders(Decision decision) {
        HeaderChange headers = cleaned();
        for (var header : decision.headers().entrySet()) {
            headers = headers.setting(header.getKey(), header.getValue());
        }
        if (decision.model().isPresent()) {
            headers = headers.setting(MODEL_HEADER, decision.model().get());
            headers = spec.header().isPresent() ? headers.setting(spec.header().get(), decision.model().get()) : headers;
        }
        return headers.setting(Mark.HEADER, mark.of(decision.model().orElse("")));
    }
}
