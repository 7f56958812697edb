package dev.gatehouse.router.compile;

import dev.gatehouse.cel.Declarations;
import dev.gatehouse.cel.Expression;
import dev.gatehouse.cel.InvalidExpression;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.routing.Route;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.routing.SemanticRoutingSpec;
import dev.gatehouse.policy.routing.SemanticRoutingSpec.BudgetUse;
import dev.gatehouse.policy.routing.Target;
import dev.gatehouse.router.budget.BudgetCheck;
import dev.gatehouse.router.budget.CheckedAvailability;
import dev.gatehouse.router.classify.Example;
import dev.gatehouse.router.classify.Head;
import dev.gatehouse.router.classify.LinearHead;
import dev.gatehouse.router.compile.ExampleVectors.NoVector;
import dev.gatehouse.router.external.ExternalDeciders;
import dev.gatehouse.router.gain.GainModel;
import dev.gatehouse.router.gain.StrongShare;
import dev.gatehouse.router.health.PolicyHealth;
import dev.gatehouse.router.signal.Instruments;
import dev.gatehouse.router.signal.KeywordSets;
import dev.gatehouse.router.signal.Variables;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.health.SharedHealth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes of a policy what the router runs. It embeds the policy's examples, which takes seconds for many; traffic runs under the policy
 * before meanwhile. Thread-safe.
 *
 * @param vectors  of examples
 * @param gain     what strong models are worth
 * @param deciders makes deciders outside
 * @param health   what all replicas saw
 * @param budgets  the rate limit service; empty where none is known
 */
public record RoutingCompiler(
        ExampleVectors vectors, GainModel gain, ExternalDeciders deciders, SharedHealth health, Keys keys, Optional<BudgetCheck> budgets)
        implements Compiler<SemanticRoutingPolicy, CompiledRouting> {

    private static final Pattern NAMED_BY_WORDS = Pattern.compile("[a-z]{3}");

    @Override
    public CompiledRouting compile(SemanticRoutingPolicy policy) {
        SemanticRoutingSpec spec = policy.spec();
        return new CompiledRouting(policy, spec.when().map(text -> condition(Variables.OF_REQUEST, text, "spec.when")), routes(spec),
                new KeywordSets(spec.keywords()), head(spec), spec.decider().map(decider -> deciders.of(decider, "spec.decider")),
                strong(spec), headers(spec), spec.targets().anyMatch(Target::changesModel), availability(policy));
    }

    private static Set<String> headers(SemanticRoutingSpec spec) {
        return spec.targets().flatMap(target -> target.headerNames().stream()).collect(Collectors.toUnmodifiableSet());
    }

    private Map<Target, StrongShare> strong(SemanticRoutingSpec spec) {
        return spec.targets().filter(target -> target.strong().isPresent()).distinct()
                .collect(Collectors.toMap(target -> target, target -> new StrongShare(spec.strongShare(target), gain)));
    }

    private static Routes routes(SemanticRoutingSpec spec) {
        return Routes.of(IntStream.range(0, spec.routes().size()).mapToObj(i -> route(spec.routes().get(i), "spec.routes[" + i + "].when"))
                .sorted(Comparator.comparingInt((CompiledRoute route) -> route.route().priority()).reversed()).toList());
    }

    private static CompiledRoute route(Route route, String field) {
        return new CompiledRoute(route, route.when().map(text -> condition(Variables.OF_ROUTE, text, field)));
    }

    private static Expression<Boolean> condition(Declarations variables, String text, String field) {
        try {
            Expression<Boolean> condition = variables.condition(text);
            Instruments.prepare(condition.reads());
            return condition;
        } catch (InvalidExpression e) {
            throw new InvalidField(field, e.getMessage());
        }
    }

    private Optional<Head> head(SemanticRoutingSpec spec) {
        List<Utterance> utterances = new ArrayList<>();
        Map<String, Double> fixed = new HashMap<>();
        for (int i = 0; i < spec.routes().size(); i++) {
            Route route = spec.routes().get(i);
            add(utterances, route, "spec.routes[" + i + "]");
            route.threshold().ifPresent(threshold -> fixed.put(route.name(), threshold));
        }
        List<Example> examples = examples(utterances);
        return examples.stream().allMatch(Example::negative) ? Optional.empty() : Optional.of(new LinearHead(examples, names(spec), fixed));
    }

    /** Of routes that are named by words. */
    private Map<String, Int8Vector> names(SemanticRoutingSpec spec) {
        List<String> names = spec.routes().stream().filter(route -> !route.examples().isEmpty()).map(Route::name).filter(NAMED_BY_WORDS.asPredicate()).toList();
        List<Int8Vector> made = vectors.of(names.stream().map(name -> name.replace('-', ' ')).toList());
        Map<String, Int8Vector> named = new LinkedHashMap<>();
        IntStream.range(0, names.size()).forEach(i -> named.put(names.get(i), made.get(i)));
        return named;
    }

    private static void add(List<Utterance> utterances, Route route, String field) {
        for (int i = 0; i < route.examples().size(); i++) {
            utterances.add(new Utterance(route.name(), route.examples().get(i), false, field + ".examples[" + i + "]"));
        }
        for (int i = 0; i < route.negatives().size(); i++) {
            utterances.add(new Utterance(route.name(), route.negatives().get(i), true, field + ".negatives[" + i + "]"));
        }
    }

    private record Utterance(String route, String text, boolean negative, String field) {}

    private List<Example> examples(List<Utterance> utterances) {
        try {
            List<Int8Vector> made = vectors.of(utterances.stream().map(Utterance::text).toList());
            return IntStream.range(0, made.size()).mapToObj(i -> example(utterances.get(i), made.get(i))).toList();
        } catch (NoVector e) {
            throw new InvalidField(utterances.get(e.place()).field(), "could not be embedded: " + e.getMessage());
        }
    }

    private static Example example(Utterance utterance, Int8Vector vector) {
        return new Example(utterance.route(), utterance.text(), utterance.negative(), vector);
    }

    private CheckedAvailability availability(SemanticRoutingPolicy policy) {
        SemanticRoutingSpec spec = policy.spec();
        return new CheckedAvailability(
                spec.health().map(rules -> new PolicyHealth(health, keys, policy.metadata().namespace(), rules, spec.models())),
                budgets.filter(check -> spec.budgets() == BudgetUse.Skip));
    }
}
