package dev.gatehouse.policy.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The matches of equal host and path, in their order of precedence. Where there are many, those that ask for an exact header are found by
 * the rarest one that they ask for: of a thousand routes that differ by the model's name in a header one is looked at, not all.
 */
final class Group {

    private static final int WORTH_AN_INDEX = 8;

    private record Header(String name, String value) {}

    private record Ranked(int rank, Candidate candidate) {}

    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<String, Map<String, List<Ranked>>> byHeader = new HashMap<>();
    private final List<Ranked> others = new ArrayList<>();

    void add(Candidate candidate) {
        candidates.add(candidate);
    }

    void sort(Comparator<Candidate> order) {
        candidates.sort(order);
        Map<Header, Long> asked = candidates.size() < WORTH_AN_INDEX ? Map.of()
                : candidates.stream().flatMap(Group::headers).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        for (int rank = 0; rank < candidates.size(); rank++) {
            place(candidates.get(rank), asked).add(new Ranked(rank, candidates.get(rank)));
        }
    }

    /** The first that fits. */
    Optional<Candidate> first(RequestView request) {
        Ranked first = first(others, request);
        for (Map.Entry<String, Map<String, List<Ranked>>> header : byHeader.entrySet()) {
            Optional<String> value = request.header(header.getKey());
            if (value.isPresent()) {
                first = earlier(first, first(header.getValue().getOrDefault(value.get(), List.of()), request));
            }
        }
        return Optional.ofNullable(first).map(Ranked::candidate);
    }

    private List<Ranked> place(Candidate candidate, Map<Header, Long> asked) {
        return headers(candidate).filter(asked::containsKey).min(Comparator.comparing(asked::get))
                .map(header -> byHeader.computeIfAbsent(header.name(), name -> new HashMap<>()).computeIfAbsent(header.value(), value -> new ArrayList<>()))
                .orElse(others);
    }

    private static Stream<Header> headers(Candidate candidate) {
        return candidate.match().headers().stream().filter(header -> header.type() == HttpRoute.ValueType.Exact)
                .map(header -> new Header(header.name().toLowerCase(Locale.ROOT), header.value()));
    }

    private static Ranked first(List<Ranked> ranked, RequestView request) {
        for (Ranked each : ranked) {
            if (each.candidate().matcher().fits(request)) {
                return each;
            }
        }
        return null;
    }

    private static Ranked earlier(Ranked one, Ranked other) {
        return one == null || other != null && other.rank() < one.rank() ? other : one;
    }
}
