package dev.gatehouse.policy.routing;

import dev.gatehouse.policy.document.InvalidField;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The models of a policy, together. */
record Candidates(List<Candidate> all) {

    private static final int MOST = 1_000;

    void check(List<Target> targets) {
        InvalidField.check(all.size() <= MOST, "candidates", "must be at most " + MOST);
        Set<String> named = targets.stream().flatMap(target -> target.candidates().stream()).collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            String field = "candidates[" + i + "]";
            InvalidField.check(seen.add(all.get(i).model()), field + ".model", "is there twice");
            InvalidField.check(named.contains(all.get(i).model()), field + ".model", "is the model of no target");
            checkFormat(all.get(i), field);
        }
        targets.forEach(this::checkPrices);
    }

    /** A request is not translated: it must be able to go to each of them. */
    private void checkFormat(Candidate candidate, String field) {
        Optional<Candidate.WireFormat> other = candidate.format().flatMap(own -> format().filter(first -> first != own));
        InvalidField.check(other.isEmpty(), field + ".format", "must be that of all candidates of the policy, " + other.orElse(null) + ": nothing is translated");
    }

    private void checkPrices(Target target) {
        target.strong().filter(strong -> strong.maxPrice().isPresent()).ifPresent(strong -> {
            double weak = price(target.model().orElseThrow());
            InvalidField.check(price(strong.model()) > weak, "candidates", "must have a higher price for " + strong.model() + " than for " + target.model().get());
            InvalidField.check(strong.maxPrice().get() >= weak, "strong.maxPrice", "must be at least the price of " + target.model().get());
        });
    }

    private double price(String model) {
        return known(model).orElseThrow(() -> new InvalidField("candidates", "must have the price of " + model + ", which strong.maxPrice needs"));
    }

    private Optional<Double> known(String model) {
        return all.stream().filter(candidate -> candidate.model().equals(model)).findFirst().flatMap(Candidate::price);
    }

    Optional<Candidate.WireFormat> format() {
        return all.stream().flatMap(candidate -> candidate.format().stream()).findFirst();
    }

    double share(Target target, Strong strong) {
        return strong.share(known(target.model().orElseThrow()).orElse(0.0), known(strong.model()).orElse(0.0));
    }
}
