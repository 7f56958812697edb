package dev.gatehouse.policy.routing;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.ByteSize;
import dev.gatehouse.policy.document.Durations;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.identity.IdentityBlock;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the semantic router does.
 *
 * @param targetRefs      1 to 16; Gateways, since the route is matched anew once the router has decided
 * @param failureMode     what a fault of the service does; FailOpen by default: the request goes on as it came
 * @param timeout         for the decision, 1 ms to 1 min; 500 ms by default
 * @param mode            Shadow decides and reports, but leaves requests as they are; Enforce by default
 * @param maxBodyBytes    the most of a request that is read, 1 KiB to 64 MiB; 4 MiB by default
 * @param identity        how the service learns who asks
 * @param when            CEL: requests that it is true of are routed, others are left alone; all when absent
 * @param text            what is classified; LastUser by default, which the cache embeds too
 * @param header          a header of one's own that the chosen model is written to, beside {@code x-gateway-model-name}
 * @param keywords        words and patterns that expressions may ask for
 * @param routes          1 to 1,000
 * @param candidates      what is known of the models that targets name: their format, their price
 * @param defaultTarget   where requests go that no route is sure of, or that cannot be read; they are left alone when absent
 * @param onLowConfidence what becomes of requests that no route is sure of; Default by default
 * @param sticky          keeps a conversation on its route; not by default
 * @param health          leaves candidates alone that do badly; not asked when absent
 * @param budgets         whether candidates are skipped whose budget is spent; Ignore by default
 * @param decider         a model or classifier outside that is asked too; none when absent
 */
@ValidationRule(value = SemanticRoutingSpec.FEW_EXAMPLES, fieldPath = ".routes", message = "must have at most 20000 examples together")
@ValidationRule(value = "!has(self.decider) || self.routes.all(route, route.name != 'none')", fieldPath = ".routes",
        message = "name: none is what a decider says of no route")
@ValidationRule(value = "!has(self.decider) || duration(self.decider.timeout) + duration('20ms') <= duration(self.timeout)",
        fieldPath = ".decider.timeout", message = "must leave 20ms of the policy's timeout")
@ValidationRule(value = SemanticRoutingSpec.ONE_FORMAT, fieldPath = ".candidates",
        message = "format must be that of all candidates of the policy: nothing is translated")
public record SemanticRoutingSpec(
        @Required @Size(min = 1, max = 16) List<TargetRef> targetRefs, @Default("FailOpen") FailureMode failureMode,
        @Default("500ms") @ValidationRule(value = Schemas.UP_TO_A_MINUTE, message = "must be 1ms to 1m") Duration timeout,
        @Default("Enforce") Mode mode,
        @Default("4Mi") @ValidationRule(value = "quantity(string(self)).compareTo(quantity('1Ki')) >= 0 && quantity(string(self)).compareTo(quantity('64Mi')) <= 0", message = "must be 1Ki to 64Mi") ByteSize maxBodyBytes,
        IdentityBlock identity, Optional<String> when, @Default("LastUser") Text text, @Size(max = 63) @Pattern("^[a-z0-9][a-z0-9_-]*$") Optional<String> header,
        @Size(max = 256) List<Keywords> keywords, @Required @Size(min = 1, max = 1000) List<Route> routes,
        @Size(max = 1000) List<Candidate> candidates, Optional<Target> defaultTarget,
        @Default("Default") OnLowConfidence onLowConfidence, Optional<Sticky> sticky, Optional<Health> health, @Default("Ignore") BudgetUse budgets,
        Optional<Decider> decider) {

    static final String FEW_EXAMPLES = "self.routes.map(route, (has(route.examples) ? size(route.examples) : 0) "
            + "+ (has(route.negatives) ? size(route.negatives) : 0)).sum() <= 20000";
    static final String ONE_FORMAT = "!has(self.candidates) || ['OpenAI', 'Anthropic', 'Gemini', 'Bedrock', 'Cohere'].exists(format, "
            + "self.candidates.all(each, !has(each.format) || each.format == format))";

    /** What of a request is classified. */
    public enum Text {
        /** The user's last turn. */ LastUser,
        /** The user's last turn and the one before it. */ LastTwo
    }

    /** What becomes of requests that no route is sure of. */
    public enum OnLowConfidence {
        /** They go to {@code defaultTarget}. */ Default,
        /** They are left as they came. */ Keep
    }

    /** Whether budgets are looked at. */
    public enum BudgetUse {
        /** Candidates whose budget is spent are skipped. */ Skip,
        /** They are not asked for. */ Ignore
    }

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(500);
    private static final int DECIDING_MILLIS = 20;
    private static final int MAX_ROUTES = 1_000;
    private static final int MAX_EXAMPLES = 20_000;

    public SemanticRoutingSpec {
        failureMode = failureMode == null ? FailureMode.FailOpen : failureMode;
        timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
        mode = mode == null ? Mode.Enforce : mode;
        maxBodyBytes = maxBodyBytes == null ? ByteSize.ofMebibytes(4) : maxBodyBytes;
        identity = identity == null ? IdentityBlock.DEFAULT : identity;
        text = text == null ? Text.LastUser : text;
        onLowConfidence = onLowConfidence == null ? OnLowConfidence.Default : onLowConfidence;
        budgets = budgets == null ? BudgetUse.Ignore : budgets;
        InvalidField.check(!targetRefs.isEmpty() && targetRefs.size() <= 16, "targetRefs", "must be 1 to 16, are " + targetRefs.size());
        InvalidField.check(Durations.within(timeout, "1ms", "1m"), "timeout", "must be 1ms to 1m");
        InvalidField.check(maxBodyBytes.bytes() >= 1024 && maxBodyBytes.bytes() <= 64 << 20, "maxBodyBytes", "must be 1Ki to 64Mi");
        InvalidField.check(!routes.isEmpty() && routes.size() <= MAX_ROUTES, "routes", "must be 1 to " + MAX_ROUTES + ", are " + routes.size());
        InvalidField.check(routes.stream().mapToInt(route -> route.examples().size() + route.negatives().size()).sum() <= MAX_EXAMPLES, "routes",
                "must have at most " + MAX_EXAMPLES + " examples and negatives together");
        InvalidField.check(keywords.size() <= 256, "keywords", "must be at most 256");
        checkRoutes(routes, decider.isPresent());
        checkKeywords(keywords);
        new Candidates(candidates).check(targets(routes, defaultTarget).toList());
        header.ifPresent(name -> HeaderNames.check("header", name));
        if (decider.isPresent()) {
            InvalidField.check(decider.get().timeout().plusMillis(DECIDING_MILLIS).compareTo(timeout) <= 0, "decider.timeout",
                    "must leave " + DECIDING_MILLIS + "ms of the policy's timeout, which is " + timeout.toMillis() + "ms");
        }
    }

    private static void checkRoutes(List<Route> routes, boolean decided) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < routes.size(); i++) {
            InvalidField.check(names.add(routes.get(i).name()), "routes[" + i + "].name", "is there twice");
            InvalidField.check(!decided || !routes.get(i).name().equals("none"), "routes[" + i + "].name", "none is what a decider says of no route");
        }
    }

    private static void checkKeywords(List<Keywords> keywords) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < keywords.size(); i++) {
            InvalidField.check(names.add(keywords.get(i).name()), "keywords[" + i + "].name", "is there twice");
        }
    }

    /** All targets, the default last. */
    public Stream<Target> targets() {
        return targets(routes, defaultTarget);
    }

    private static Stream<Target> targets(List<Route> routes, Optional<Target> defaultTarget) {
        return Stream.concat(routes.stream().map(Route::target), defaultTarget.stream());
    }

    /** What all its models speak; empty where the policy does not say. */
    public Optional<Candidate.WireFormat> format() {
        return new Candidates(candidates).format();
    }

    /** The share of a target's requests that its strong model gets; 0 where it has none. */
    public double strongShare(Target target) {
        return target.strong().map(strong -> new Candidates(candidates).share(target, strong)).orElse(0.0);
    }

    /** All models that may be chosen. */
    public List<String> models() {
        return targets().flatMap(target -> target.candidates().stream()).distinct().toList();
    }
}
