package dev.gatehouse.cache.look;

import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.source.PolicySource;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Tells under which routing policy a request goes on: an answer of the model that one has chosen is not served after it has changed.
 *
 * @param policies compiled to what stands for each
 */
public record Routings(PolicySource<SemanticRoutingPolicy, String> policies) implements Function<RequestHead, String> {

    /** What stands for a policy: its UID and, where it has one, its generation; else its spec, in a form that all replicas agree on. */
    public static final Compiler<SemanticRoutingPolicy, String> COMPILER = policy ->
            policy.uid() + " " + policy.metadata().generation().map(String::valueOf).orElseGet(() -> words(policy.spec().toString()));

    @Override
    public String apply(RequestHead head) {
        return policies.current().resolver().resolve(head).map(resolution -> resolution.policy().compiled()).orElse("");
    }

    /** Maps have no order that two processes share. */
    private static String words(String spec) {
        String[] words = spec.split("[ ,=\\[\\]{}]+");
        Arrays.sort(words);
        return String.join(" ", words);
    }
}
