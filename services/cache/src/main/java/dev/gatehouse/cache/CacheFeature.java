package dev.gatehouse.cache;

import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Acceptance.Interest;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.cache.SemanticCacheSpec;
import dev.gatehouse.policy.source.PolicySource;
import java.util.Optional;

/**
 * The semantic cache as a feature: takes part in every exchange that a {@code SemanticCachePolicy} applies to.
 *
 * @param policies where policies come from
 */
public record CacheFeature(PolicySource<SemanticCachePolicy, CompiledCache> policies) implements Feature {

    static final String NAME = "cache";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Acceptance> accept(RequestHead head) {
        return policies.current().resolver().resolve(head).map(resolution -> acceptance(resolution.policy().compiled(), head));
    }

    private Acceptance acceptance(CompiledCache cache, RequestHead head) {
        SemanticCacheSpec spec = cache.spec();
        return new Acceptance(new CacheHandler(cache, head), Interest.ALL, spec.timeout(), spec.failureMode(), spec.maxBodyBytes().bytes());
    }
}
