package dev.gatehouse.policy.source;

import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.resolve.Resolver;
import java.util.List;
import java.util.Map;

/** A source that never changes: the policy of a rehearsal, say. */
public record FixedSource<P extends Record & Policy, C>(Snapshot<P, C> current) implements PolicySource<P, C> {

    /**
     * One policy, and no routes.
     *
     * @param yaml the policy's document; it must be valid
     */
    public static <P extends Record & Policy, C> FixedSource<P, C> of(PolicyKind<P> kind, String yaml, Compiler<P, C> compiler) {
        Document document = Documents.parse("fixed", yaml).documents().getFirst();
        P policy = document.bind(kind.type());
        List<CompiledPolicy<P, C>> policies = List.of(new CompiledPolicy<>(policy, compiler.compile(policy), document.place("")));
        return new FixedSource<>(new Snapshot<>(1, policies, List.of(), List.of(), Map.of(), new Resolver<>(policies, List.of())));
    }

    @Override
    public void close() {}
}
