package dev.gatehouse.service.telemetry;

import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.identity.WorkloadId;
import dev.gatehouse.policy.route.Attribution;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts and times exchanges, and opens one span for each that a policy touches, joined to Envoy's trace.
 *
 * <p>Meters: {@code gatehouse.exchanges} (tags feature, attachment, ending), {@code gatehouse.exchange.phase} (seconds; tags feature,
 * phase, outcome: ok or the failure's reason), {@code gatehouse.exchanges.active} (gauge over all features of the service),
 * {@code gatehouse.exchanges.out.of.order} (tag feature: a later service of the chain saw the request first),
 * {@code gatehouse.exchanges.attributed} (tags feature, ending and those of {@link AttributionTags}). The span has the same names,
 * without a bound.
 */
public final class TelemetryObserver implements ExchangeObserver {

    private final MeterRegistry meters;
    private final Tracer tracer;
    private final Attributor attributor;
    private final AttributionTags tags = new AttributionTags();
    private final AtomicInteger active;
    /** Looking a meter up costs the registry more than to count or time; these are told apart by what their tags say. */
    private final Map<Phase, Timer> phases = new ConcurrentHashMap<>();
    private final Map<Ended, Counter> exchanges = new ConcurrentHashMap<>();
    private final Map<Attributed, Counter> attributed = new ConcurrentHashMap<>();

    private record Phase(String feature, String phase, String outcome) {}

    private record Ended(String feature, String attachment, String ending) {}

    private record Attributed(Tags where, String feature, String ending) {}

    public TelemetryObserver(MeterRegistry meters, Tracer tracer, Attributor attributor) {
        this.attributor = attributor;
        this.meters = meters;
        this.tracer = tracer;
        this.active = meters.gauge("gatehouse.exchanges.active", new AtomicInteger());
    }

    @Override
    public Observation begin(String feature, RequestHead head) {
        Span span = tracer.spanBuilder("gatehouse " + feature)
                .setSpanKind(SpanKind.INTERNAL)
                .setParent(parent(head))
                .setAttribute("gatehouse.feature", feature)
                .setAttribute("gatehouse.attachment", attachment(head))
                .startSpan();
        active.incrementAndGet();
        if (head.handOver().isOutOfOrderFor(feature)) {
            meters.counter("gatehouse.exchanges.out.of.order", "feature", feature).increment();
        }
        Attribution where = attributor.of(head);
        Optional<WorkloadId> source = WorkloadId.of(head);
        describe(span, where, source);
        return new Observed(feature, attachment(head), where, tags.of(where, source), span);
    }

    @Override
    public void untouched(String feature, RequestHead head) {
        count(feature, attachment(head), "untouched");
    }

    private void count(String feature, String attachment, String ending) {
        exchanges.computeIfAbsent(new Ended(feature, attachment, ending), this::counter).increment();
    }

    private Counter counter(Ended ended) {
        return meters.counter("gatehouse.exchanges", "feature", ended.feature(), "attachment", ended.attachment(), "ending", ended.ending());
    }

    private Counter counter(Attributed ended) {
        return meters.counter("gatehouse.exchanges.attributed", ended.where().and("feature", ended.feature(), "ending", ended.ending()));
    }

    private Timer timer(Phase phase) {
        return Timer.builder("gatehouse.exchange.phase")
                .tags("feature", phase.feature(), "phase", phase.phase(), "outcome", phase.outcome())
                .publishPercentileHistogram()
                .register(meters);
    }

    private static void describe(Span span, Attribution where, Optional<WorkloadId> source) {
        describe(span, "gatehouse.gateway", where.gateway());
        describe(span, "gatehouse.route", where.route());
        describe(span, "gatehouse.backend", where.backend());
        describe(span, "gatehouse.source.namespace", source.map(WorkloadId::namespace).orElse(""));
        describe(span, "gatehouse.source.service_account", source.map(WorkloadId::serviceAccount).orElse(""));
    }

    private static void describe(Span span, String attribute, String value) {
        if (!value.isEmpty()) {
            span.setAttribute(attribute, value);
        }
    }

    private static String attachment(RequestHead head) {
        return head.attachment().protocol().name().toLowerCase(Locale.ROOT);
    }

    private static Context parent(RequestHead head) {
        return head.trace()
                .map(trace -> W3CTraceContextPropagator.getInstance().extract(Context.root(), trace, TraceGetter.INSTANCE))
                .orElse(Context.root());
    }

    private final class Observed implements Observation {

        private final String feature;
        private final String attachment;
        private final Attribution where;
        private final Tags tags;
        private final Span span;

        private Observed(String feature, String attachment, Attribution where, Tags tags, Span span) {
            this.feature = feature;
            this.attachment = attachment;
            this.where = where;
            this.tags = tags;
            this.span = span;
        }

        @Override
        public void phase(String phase, Duration took, Optional<Failure> failure) {
            String outcome = failure.map(Failure::reason).orElse("ok");
            phases.computeIfAbsent(new Phase(feature, phase, outcome), TelemetryObserver.this::timer).record(took);
            failure.ifPresent(reason -> span.setStatus(StatusCode.ERROR, reason.reason()));
        }

        @Override
        public void inContext(Runnable work) {
            try (Scope scope = span.makeCurrent()) {
                work.run();
            }
        }

        @Override
        public void end(Ending ending) {
            String name = ending.name().toLowerCase(Locale.ROOT);
            active.decrementAndGet();
            count(feature, attachment, name);
            attributed.computeIfAbsent(new Attributed(tags, feature, name), TelemetryObserver.this::counter).increment();
            if (ending == Ending.REPLIED) {
                attributor.replied(where);
            }
            span.setAttribute("gatehouse.ending", name).end();
        }
    }

    private enum TraceGetter implements TextMapGetter<RequestHead.TraceParent> {
        INSTANCE;

        @Override
        public Iterable<String> keys(RequestHead.TraceParent carrier) {
            return List.of("traceparent", "tracestate");
        }

        @Override
        public String get(RequestHead.TraceParent carrier, String key) {
            return switch (key) {
                case "traceparent" -> carrier.traceparent();
                case "tracestate" -> carrier.tracestate();
                default -> null;
            };
        }
    }
}
