package dev.gatehouse.guard;

import dev.gatehouse.guard.compile.CompiledGuard;
import dev.gatehouse.guard.compile.GuardCompiler;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.guard.PromptGuardPolicy;

/** Makes guards from the spec of a policy, as users write it. */
public final class Guards {

    private static final GuardCompiler COMPILER = new GuardCompiler();
    private static final String HEAD = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: PromptGuardPolicy
            metadata: {name: test, namespace: default}
            spec:
              targetRefs: [{kind: Gateway, name: "*"}]
            """;

    private Guards() {}

    /** A guard of this spec (YAML, without targetRefs). */
    public static CompiledGuard of(String spec) {
        String document = HEAD + spec.indent(2);
        return COMPILER.compile(Documents.parse("test.yaml", document).documents().getFirst().bind(PromptGuardPolicy.class));
    }
}
