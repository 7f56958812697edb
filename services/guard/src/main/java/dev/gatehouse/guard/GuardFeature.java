package dev.gatehouse.guard;

import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Acceptance.Interest;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.guard.compile.CompiledGuard;
import dev.gatehouse.guard.telemetry.GuardTelemetry;
import dev.gatehouse.guard.vault.Vault;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.guard.PromptGuardSpec;
import dev.gatehouse.policy.identity.Provenance;
import dev.gatehouse.policy.resolve.Resolution;
import dev.gatehouse.policy.source.PolicySource;
import java.util.Optional;

/**
 * The prompt guard as a feature: takes part in every exchange that a {@code PromptGuardPolicy} applies to.
 *
 * @param policies  where policies come from
 * @param hash      the service's keyed hash, for the mask style Hash and for principals
 * @param telemetry where judgements are recorded
 * @param vault     where placeholders are remembered between the turns of a conversation, if anywhere
 */
public record GuardFeature(PolicySource<PromptGuardPolicy, CompiledGuard> policies, KeyedHash hash, GuardTelemetry telemetry, Optional<Vault> vault)
        implements Feature {

    static final String NAME = "guard";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Acceptance> accept(RequestHead head) {
        return policies.current().resolver().resolve(head).map(resolution -> acceptance(resolution, head));
    }

    private Acceptance acceptance(Resolution<PromptGuardPolicy, CompiledGuard> resolution, RequestHead head) {
        CompiledGuard guard = resolution.policy().compiled();
        PromptGuardSpec spec = guard.policy().spec();
        boolean restores = guard.restores() && head.attachment().can(Capability.CHANGE_RESPONSE_BODY);
        GuardHandler handler = new GuardHandler(guard, head, hash, telemetry, restores ? vault : Optional.empty(), Provenance.of(resolution.rule(), head));
        Interest interest = restores ? Interest.ALL : Interest.REQUEST;
        return new Acceptance(handler, interest, spec.timeout(), spec.failureMode(), guard.maxBodyBytes());
    }
}
