package dev.gatehouse.cache;

import dev.gatehouse.cache.compile.CacheCompiler;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.document.Documents;

/** Makes caches from the spec of a policy, as users write it. */
public final class Caches {

    private static final String HEAD = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: SemanticCachePolicy
            metadata: {name: test, namespace: default}
            spec:
              targetRefs: [{kind: Gateway, name: "*"}]
            """;

    private Caches() {}

    /** A cache of this spec (YAML, without targetRefs). */
    public static CompiledCache of(String spec) {
        String document = HEAD + spec.indent(2);
        return new CacheCompiler().compile(Documents.parse("test.yaml", document).documents().getFirst().bind(SemanticCachePolicy.class));
    }
}
