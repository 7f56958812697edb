package dev.gatehouse.cache.simulate;

import dev.gatehouse.cache.api.PolicyChoice;
import dev.gatehouse.cache.compile.CacheCompiler;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.policy.ObjectMeta;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.cache.Semantic;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.cache.SemanticCacheSpec;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.service.http.JsonAnswer.BadDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policy that a simulation tries: that of the parameter {@code policy}, else the first, else one with every default; with the bound of
 * {@code maxWrongHits} or {@code maxWrongHitShare} where given. A trace has no time in it, so nothing expires.
 */
final class Trial {

    private static final Duration LONG = Duration.ofDays(1);

    private Trial() {}

    /** @throws BadDocument for a policy that there is not, or a bound that cannot be */
    static CompiledCache of(PolicyChoice choice, Map<String, String> parameters) {
        SemanticCachePolicy base = choice.find(Optional.ofNullable(parameters.get("policy"))).map(CompiledCache::policy).orElseGet(Trial::standard);
        try {
            return new CacheCompiler().compile(tried(base, bound(parameters, "maxWrongHits"), bound(parameters, "maxWrongHitShare")));
        } catch (InvalidField e) {
            throw new BadDocument(e.getMessage());
        }
    }

    private static Optional<Double> bound(Map<String, String> parameters, String name) {
        try {
            return Optional.ofNullable(parameters.get(name)).map(Double::valueOf);
        } catch (NumberFormatException e) {
            throw new BadDocument(name + " must be a number");
        }
    }

    private static SemanticCachePolicy standard() {
        SemanticCacheSpec spec = new SemanticCacheSpec(List.of(TargetRef.of(TargetRef.Kind.Gateway, TargetRef.ANY)), null, null, null, null, null, null,
                null, Optional.empty(), Optional.empty(), null, null, null, null, null, null, null, null);
        ObjectMeta metadata = new ObjectMeta("default", null, Optional.empty(), Optional.empty(), Map.of(), Map.of(), Optional.empty());
        return new SemanticCachePolicy("gatehouse.dev/v1alpha1", "SemanticCachePolicy", metadata, spec);
    }

    private static SemanticCachePolicy tried(SemanticCachePolicy base, Optional<Double> ofAll, Optional<Double> ofHits) {
        SemanticCacheSpec spec = base.spec();
        Semantic was = spec.semantic();
        boolean given = ofAll.isPresent() || ofHits.isPresent();
        Semantic semantic = !given ? was
                : new Semantic(was.enabled(), ofAll, ofHits, was.candidates(), was.minimumCosine(), was.explore(), was.maxChars());
        return new SemanticCachePolicy(base.apiVersion(), base.kind(), base.metadata(), new SemanticCacheSpec(spec.targetRefs(), spec.failureMode(),
                spec.timeout(), spec.mode(), spec.maxBodyBytes(), spec.identity(), spec.scope(), LONG, spec.staleWhileRevalidate(), spec.singleFlight(),
                semantic, spec.capacity(), spec.cacheable(), spec.onUnguarded(), spec.requireInspection(), spec.expose(), spec.clientControl(),
                spec.prices()));
    }
}
