package dev.gatehouse.cache.api;

import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.service.http.JsonAnswer.BadDocument;
import java.util.Optional;

/** Which policy an operator means: {@code namespace/name}, a name in {@code default}, or, without one, the first by precedence. */
public record PolicyChoice(PolicySource<SemanticCachePolicy, CompiledCache> policies) {

    /** Empty where none is named and there is none. @throws BadDocument for a name that no policy has */
    public Optional<CompiledCache> find(Optional<String> name) {
        Snapshot<SemanticCachePolicy, CompiledCache> snapshot = policies.current();
        return name.isEmpty() ? snapshot.policies().stream().findFirst().map(CompiledPolicy::compiled) : Optional.of(named(snapshot, name.get()));
    }

    /** @throws BadDocument where there is none */
    public CompiledCache require(Optional<String> name) {
        return find(name).orElseThrow(() -> new BadDocument("there is no policy"));
    }

    private static CompiledCache named(Snapshot<SemanticCachePolicy, CompiledCache> snapshot, String name) {
        String[] parts = name.split("/", 2);
        return (parts.length == 2 ? snapshot.policy(parts[0], parts[1]) : snapshot.policy("default", parts[0]))
                .orElseThrow(() -> new BadDocument("no policy of that name")).compiled();
    }
}
