package dev.gatehouse.risk;

import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.identity.Provenance;
import dev.gatehouse.policy.resolve.Resolution;
import dev.gatehouse.policy.risk.ResponseRiskPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.risk.asked.AskedReader;
import dev.gatehouse.risk.compile.CompiledRisk;
import dev.gatehouse.risk.telemetry.RiskTelemetry;
import java.util.Optional;

/**
 * The inspection of answers as a feature: takes part in every exchange that a {@code ResponseRiskPolicy} applies to.
 *
 * @param policies  where policies come from
 * @param hash      the service's keyed hash, for principals
 * @param telemetry where judgements are recorded
 */
public record RiskFeature(PolicySource<ResponseRiskPolicy, CompiledRisk> policies, KeyedHash hash, RiskTelemetry telemetry) implements Feature {

    static final String NAME = "response-risk";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Acceptance> accept(RequestHead head) {
        return policies.current().resolver().resolve(head).map(resolution -> acceptance(resolution, head));
    }

    private Acceptance acceptance(Resolution<ResponseRiskPolicy, CompiledRisk> resolution, RequestHead head) {
        CompiledRisk risk = resolution.policy().compiled();
        boolean readsRequest = risk.needsRequest() || AskedReader.format(head).isEmpty();
        RiskHandler handler = new RiskHandler(risk, head, hash, telemetry, readsRequest, Provenance.of(resolution.rule(), head));
        Acceptance.Interest interest = new Acceptance.Interest(readsRequest, true, true);
        return new Acceptance(handler, interest, risk.timeout(), risk.policy().spec().failureMode(), risk.maxBodyBytes());
    }
}
