package dev.gatehouse.cache.compile;

import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.cache.StaleWhileRevalidate;
import dev.gatehouse.policy.document.InvalidField;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes of a policy what the cache runs. Thread-safe. */
public final class CacheCompiler implements Compiler<SemanticCachePolicy, CompiledCache> {

    private final Predicate<String> hasCredential;

    /** @param hasCredential whether the service has a credential of that name */
    public CacheCompiler(Predicate<String> hasCredential) {
        this.hasCredential = hasCredential;
    }

    /** For policies whose backends are never asked. */
    public CacheCompiler() {
        this(name -> true);
    }

    /** @param credentials folder with a file for each; policies name files in it and nothing else of the machine */
    public static CacheCompiler with(Optional<Path> credentials) {
        return new CacheCompiler(name -> credentials.filter(folder -> Files.isReadable(folder.resolve(name))).isPresent());
    }

    /** @throws InvalidField for a credential that is not there */
    @Override
    public CompiledCache compile(SemanticCachePolicy policy) {
        boolean there = policy.spec().staleWhileRevalidate().flatMap(StaleWhileRevalidate::credential).filter(hasCredential.negate()).isEmpty();
        InvalidField.check(there, "spec.staleWhileRevalidate.credential", "there is no readable file of that name in the service's folder (GATEHOUSE_CREDENTIALS)");
        return new CompiledCache(policy, TimeWords.with(policy.spec().cacheable().timeDependent().words()));
    }
}
