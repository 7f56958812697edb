package dev.gatehouse.policy.source;

import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.document.DocumentException;
import dev.gatehouse.policy.document.InvalidField;

/** Makes of a document of one kind the policy that runs. Files and objects are read by it alike, so that their verdict is the same. */
public record PolicyReader<P extends Record & Policy, C>(PolicyKind<P> kind, Compiler<P, C> compiler) {

    /** @throws DocumentException naming the first fault, those that only the compiler knows included */
    public CompiledPolicy<P, C> read(Document document) {
        P policy = document.bind(kind.type());
        try {
            return new CompiledPolicy<>(policy, compiler.compile(policy), document.place(""));
        } catch (InvalidField e) {
            throw new DocumentException(document.fault(e));
        } catch (RuntimeException e) {
            throw new DocumentException(document.fault(new InvalidField("spec", "cannot be compiled: " + e.getClass().getSimpleName())));
        }
    }
}
