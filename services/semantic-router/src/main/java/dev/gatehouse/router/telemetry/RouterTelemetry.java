package dev.gatehouse.router.telemetry;

import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.router.decide.Decision;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;

/**
 * Records decisions. Meters: counter {@code gatehouse.router.decisions} (tags policy, route, model, reason, mode), counter {@code
 * gatehouse.router.skipped} (policy, model, reason: circuit or budget), counter {@code gatehouse.router.forced} (policy, model: used although
 * it is out, since all were), counter {@code gatehouse.router.embeddings} (from: made or handed_over). Span attributes {@code gatehouse.router.*} say the same of one request.
 */
public record RouterTelemetry(MeterRegistry meters) {

    private static final String NONE = "none";

    /** A vector was taken over from a service before, or had to be made. */
    public void embedded(boolean handedOver) {
        meters.counter("gatehouse.router.embeddings", "from", handedOver ? "handed_over" : "made").increment();
    }

    public void record(CompiledRouting routing, Decision decision) {
        String policy = routing.name();
        String route = decision.route().orElse(NONE);
        String model = decision.model().orElse(NONE);
        meters.counter("gatehouse.router.decisions", "policy", policy, "route", route, "model", model, "reason", decision.why().word(), "mode",
                routing.spec().mode().name()).increment();
        decision.skipped().forEach((name, why) -> meters.counter("gatehouse.router.skipped", "policy", policy, "model", name, "reason",
                why.reason().name().toLowerCase(java.util.Locale.ROOT)).increment());
        if (decision.forced()) {
            meters.counter("gatehouse.router.forced", "policy", policy, "model", model).increment();
        }
        Span span = Span.current().setAttribute("gatehouse.policy.id", policy).setAttribute("gatehouse.router.route", route)
                .setAttribute("gatehouse.router.model", model).setAttribute("gatehouse.router.reason", decision.why().word());
        decision.classification().ifPresent(found -> span.setAttribute("gatehouse.router.score", found.score()));
        if (!decision.skipped().isEmpty()) {
            span.setAttribute("gatehouse.router.skipped", String.join(",", decision.skipped().keySet()));
        }
    }
}
