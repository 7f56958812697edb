package dev.gatehouse.cache.compile;

import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.cache.SemanticCachePolicy;

/** Makes of a policy what the cache runs. Thread-safe. */
public final class CacheCompiler implements Compiler<SemanticCachePolicy, CompiledCache> {

    @Override
    public CompiledCache compile(SemanticCachePolicy policy) {
        return new CompiledCache(policy, TimeWords.with(policy.spec().cacheable().timeDependent().words()));
    }
}
