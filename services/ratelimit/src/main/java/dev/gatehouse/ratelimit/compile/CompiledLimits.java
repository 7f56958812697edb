package dev.gatehouse.ratelimit.compile;

import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.limit.TokenRateLimitSpec;
import java.util.List;
import java.util.Optional;

/** A policy and its limits, ready to run. */
public record CompiledLimits(TokenRateLimitPolicy policy, List<CompiledLimit> limits) {

    public CompiledLimits {
        limits = List.copyOf(limits);
    }

    /** {@code namespace/name}. */
    public String name() {
        return policy.qualifiedName();
    }

    public TokenRateLimitSpec spec() {
        return policy.spec();
    }

    public int maxBodyBytes() {
        return spec().maxBodyBytes().bytes();
    }

    /** Whether requests' bodies matter: for tokens, bytes, the model, or an expression that reads of these. */
    public boolean readsBody() {
        return limits.stream().anyMatch(CompiledLimit::readsBody);
    }

    /** What keeping these limits needs and the attachment cannot do. */
    public Optional<Capability> missing(Attachment attachment) {
        if (readsBody() && !attachment.can(Capability.READ_REQUEST_BODY)) {
            return Optional.of(Capability.READ_REQUEST_BODY);
        }
        boolean blind = spec().needsAnswers() && !canReadAnswers(attachment);
        return blind ? Optional.of(attachment.can(Capability.READ_RESPONSE) ? Capability.CHANGE_RESPONSE_BODY : Capability.READ_RESPONSE) : Optional.empty();
    }

    /** Whether answers can be read while they pass. */
    public boolean canReadAnswers(Attachment attachment) {
        return attachment.can(Capability.READ_RESPONSE) && attachment.can(Capability.CHANGE_RESPONSE_BODY);
    }
}
