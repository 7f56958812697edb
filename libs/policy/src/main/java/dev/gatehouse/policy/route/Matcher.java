package dev.gatehouse.policy.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.policy.document.InvalidField;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The tests of one match of a route that are left when its host and path fit by index. */
final class Matcher {

    private final Optional<String> method;
    private final List<Predicate<RequestView>> tests;

    private Matcher(Optional<String> method, List<Predicate<RequestView>> tests) {
        this.method = method;
        this.tests = tests;
    }

    static Matcher of(HttpRoute.Match match) {
        List<Predicate<RequestView>> tests = new java.util.ArrayList<>();
        if (match.path().type() == HttpRoute.PathType.RegularExpression) {
            Pattern path = compile(match.path().value());
            tests.add(request -> path.matches(request.path()));
        }
        match.headers().forEach(header -> tests.add(test(header, request -> request.header(header.name()))));
        match.queryParams().forEach(param -> tests.add(test(param, request -> request.queryParam(param.name()))));
        return new Matcher(match.method(), List.copyOf(tests));
    }

    boolean fits(RequestView request) {
        if (method.isPresent() && !method.get().equals(request.method())) {
            return false;
        }
        for (Predicate<RequestView> test : tests) {
            if (!test.test(request)) {
                return false;
            }
        }
        return true;
    }

    private static Predicate<RequestView> test(HttpRoute.ValueMatch match, Function<RequestView, Optional<String>> value) {
        if (match.type() == HttpRoute.ValueType.Exact) {
            return request -> value.apply(request).filter(match.value()::equals).isPresent();
        }
        Pattern pattern = compile(match.value());
        return request -> value.apply(request).filter(pattern::matches).isPresent();
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new InvalidField("spec.rules", "has no RE2 pattern: " + pattern + ": " + e.getDescription());
        }
    }
}
