package dev.gatehouse.policy.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.policy.Heads;
import dev.gatehouse.policy.document.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupTest {

    private static final Random RANDOM = new Random(11);
    private static final List<String> NAMES = List.of("x-model", "X-Tier", "x-team");

    @Test
    void whatTheIndexFindsIsWhatALookAtEachMatchInOrderFinds() {
        int found = 0;
        for (int round = 0; round < 200; round++) {
            List<Candidate> candidates = candidates(1 + RANDOM.nextInt(40));
            Group group = new Group();
            candidates.forEach(group::add);
            group.sort(Candidate.BY_PRECEDENCE);
            for (int i = 0; i < 50; i++) {
                RequestView request = request();
                Optional<Candidate> expected = candidates.stream().filter(each -> each.matcher().fits(request)).min(Candidate.BY_PRECEDENCE);
                assertThat(group.first(request)).isEqualTo(expected);
                found += expected.isPresent() ? 1 : 0;
            }
        }
        assertThat(found).isBetween(2_000, 9_900);
    }

    private static List<Candidate> candidates(int count) {
        HttpRoute route = Documents.parse("routes.yaml", """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: route}
                spec: {rules: [{matches: [%s]}]}
                """.formatted(String.join(", ", IntStream.range(0, count).mapToObj(index -> match()).toList())))
                .documents().getFirst().bindTolerantly(HttpRoute.class).value();
        List<HttpRoute.Match> matches = route.spec().rules().getFirst().matches();
        return IntStream.range(0, count).mapToObj(index -> new Candidate(RouteRule.of(route, 0), matches.get(index), Matcher.of(matches.get(index)), index)).toList();
    }

    private static String match() {
        List<String> headers = new ArrayList<>();
        NAMES.stream().filter(name -> RANDOM.nextInt(3) == 0).forEach(name -> headers.add("{name: %s, type: %s, value: v%d}".formatted(
                name, RANDOM.nextInt(5) == 0 ? "RegularExpression" : "Exact", RANDOM.nextInt(4))));
        String method = RANDOM.nextInt(4) == 0 ? "method: POST, " : "";
        return "{%sheaders: [%s], queryParams: [{name: q, value: %s}]}".formatted(method, String.join(", ", headers), RANDOM.nextBoolean() ? "a" : "b");
    }

    private static RequestView request() {
        List<String> headers = new ArrayList<>();
        NAMES.stream().filter(name -> RANDOM.nextBoolean()).forEach(name -> headers.addAll(List.of(name.toLowerCase(), "v" + RANDOM.nextInt(4))));
        String method = RANDOM.nextBoolean() ? "POST" : "GET";
        return RequestView.of(Heads.head(method, "host", RANDOM.nextBoolean() ? "/?q=a" : "/?q=b", Headers.of(headers.toArray(String[]::new)), Map.of(), Metadata.empty()));
    }
}
