package dev.gatehouse.risk;

import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.risk.ResponseRiskPolicy;
import dev.gatehouse.risk.compile.CompiledRisk;
import dev.gatehouse.risk.compile.RiskCompiler;
import dev.gatehouse.risk.moderation.Moderators;
import java.nio.file.Path;
import java.util.Optional;

/** Makes compiled policies from the spec of a policy, as users write it. */
public final class Risks {

    private static final String HEAD = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: ResponseRiskPolicy
            metadata: {name: test, namespace: default}
            spec:
              targetRefs: [{kind: Gateway, name: "*"}]
            """;

    private Risks() {}

    /** A policy of this spec (YAML, without targetRefs). */
    public static CompiledRisk of(String spec) {
        return of(spec, Optional.empty());
    }

    /** As that, with a folder of credentials. */
    public static CompiledRisk of(String spec, Optional<Path> credentials) {
        String document = HEAD + spec.indent(2);
        return new RiskCompiler(Moderators.of(credentials))
                .compile(Documents.parse("test.yaml", document).documents().getFirst().bind(ResponseRiskPolicy.class));
    }
}
