package dev.gatehouse.policy.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.Heads;
import dev.gatehouse.policy.document.Documents;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            api.example.com,      exact
            API.Example.COM,      exact
            api.example.com:8443, exact
            a.api.example.com,    long
            x.y.api.example.com,  long
            other.example.com,    short
            example.com,          any
            example.org,          any
            apiexample.com,       any
            '[::1]:8080',         v6
            """)
    void theMostSpecificHostnameWins(String authority, String route) {
        RouteTable table = table(route("any"), route("short", "hostnames: ['*.example.com']"), route("long", "hostnames: ['*.api.example.com']"),
                route("exact", "hostnames: [api.example.com]"), route("v6", "hostnames: ['[::1]']"));
        assertThat(matched(table, Heads.post(authority, "/"))).isEqualTo(route);
    }

    @Test
    void aTrailingDotIsAnotherHostAsInEnvoy() {
        RouteTable table = table(route("any"), route("exact", "hostnames: [api.example.com]"));
        assertThat(matched(table, Heads.post("api.example.com.", "/"))).isEqualTo("any");
    }

    @Test
    void aLessSpecificHostIsTakenWhereTheMoreSpecificHasNoRuleForThePath() {
        RouteTable table = table(route("exact", "hostnames: [api.example.com]", path("Exact", "/only")), route("wild", "hostnames: ['*.example.com']"));
        assertThat(matched(table, Heads.post("api.example.com", "/other"))).isEqualTo("wild");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /v1/chat,              exact
            /v1/chat?stream=true,  exact
            /v1/chat/,             long
            /v1/chat/completions,  long
            /v1/chatter,           prefix
            /v1,                   prefix
            /v1/,                  prefix
            /v1x,                  regex
            /v2x,                  regex
            /V1/chat,              root
            /,                     root
            """)
    void exactPathsComeBeforeLongerPrefixesAndThoseBeforeShorter(String path, String route) {
        RouteTable table = table(route("root", path("PathPrefix", "/zzz")), route("prefix", path("PathPrefix", "/v1/")),
                route("long", path("PathPrefix", "/v1/chat")), route("exact", path("Exact", "/v1/chat")), route("regex", path("RegularExpression", "/v[0-9]x")),
                route("root", path("RegularExpression", ".*")));
        assertThat(matched(table, Heads.post("h", path))).isEqualTo(route);
    }

    @Test
    void everyPrefixComesBeforeEveryRegularExpressionAndLongerExpressionsFirst() {
        RouteTable table = table(route("regex", path("RegularExpression", "/v1/models/[a-z]+")), route("root", path("PathPrefix", "/")));
        assertThat(matched(table, Heads.post("h", "/v1/models/abc"))).isEqualTo("root");
        RouteTable regexOnly = table(route("short", path("RegularExpression", "/v.*")), route("long", path("RegularExpression", "/v1/models/.*")));
        assertThat(matched(regexOnly, Heads.post("h", "/v1/models/abc"))).isEqualTo("long");
        assertThat(matched(regexOnly, Heads.post("h", "/xv1"))).as("the whole path must match").isEqualTo("none");
    }

    @Test
    void aMethodComesBeforeHeadersAndThoseBeforeQueryParameters() {
        String method = "matches: [{method: POST}]";
        String headers = "matches: [{headers: [{name: X-Tier, value: gold}, {name: x-b, value: b}]}]";
        String header = "matches: [{headers: [{name: x-tier, value: gold}], queryParams: [{name: q, value: '1'}, {name: r, value: '2'}]}]";
        String query = "matches: [{queryParams: [{name: q, value: '1'}]}]";
        RequestHead all = Heads.post("h", "/?q=1&r=2", "x-tier", "gold", "x-b", "b");
        assertThat(matched(table(rule("a", query), rule("b", header), rule("c", headers), rule("d", method)), all)).isEqualTo("d");
        assertThat(matched(table(rule("a", query), rule("b", header), rule("c", headers)), all)).isEqualTo("c");
        assertThat(matched(table(rule("a", query), rule("b", header)), all)).isEqualTo("b");
        assertThat(matched(table(rule("a", query), rule("z", "matches: [{}]")), all)).isEqualTo("a");
        assertThat(matched(table(rule("a", query), rule("z", "matches: [{}]")), Heads.post("h", "/?q=2"))).isEqualTo("z");
    }

    @Test
    void betweenEqualsTheOlderThenTheFirstByNameThenTheFirstRuleWins() {
        String old = route("z-old").replace("name: z-old", "name: z-old, creationTimestamp: 2025-01-01T00:00:00Z");
        String young = route("a-young").replace("name: a-young", "name: a-young, creationTimestamp: 2026-01-01T00:00:00Z");
        assertThat(matched(table(young, old, route("a-undated")), Heads.post("h", "/"))).isEqualTo("z-old");
        assertThat(matched(table(route("b"), route("a")), Heads.post("h", "/"))).isEqualTo("a");
        RouteTable rules = table(rule("r", "name: first, matches: [{headers: [{name: x, value: '1'}]}]},\n      {name: second, matches: [{}]},\n      {name: third, matches: [{}]"));
        assertThat(rules.match(Heads.post("h", "/"))).get().extracting(RouteRule::index, RouteRule::ruleName).hasToString("[Optional[1], Optional[second]]");
    }

    @Test
    void theOrderOfDocumentsDoesNotMatter() {
        List<String> routes = Arrays.asList(route("a", path("PathPrefix", "/a")), route("b", path("PathPrefix", "/a/b")), route("c", path("Exact", "/a/b")), route("d"));
        Collections.reverse(routes);
        assertThat(matched(table(routes.toArray(String[]::new)), Heads.post("h", "/a/b"))).isEqualTo("c");
    }

    @Test
    void headersAndQueriesAreComparedAsEnvoyDoes() {
        RouteTable table = table(rule("joined", "matches: [{headers: [{name: x-a, value: 'one,two'}]}]"),
                rule("regex", "matches: [{headers: [{type: RegularExpression, name: x-v, value: 'v[0-9]+'}]}]"),
                rule("query", "matches: [{queryParams: [{name: m, value: 'a%20b'}]}]"));
        assertThat(matched(table, Heads.post("h", "/", "x-a", "one", "X-A", "two"))).isEqualTo("joined");
        assertThat(matched(table, Heads.post("h", "/", "x-v", "v12"))).isEqualTo("regex");
        assertThat(matched(table, Heads.post("h", "/", "x-v", "av12"))).isEqualTo("none");
        assertThat(matched(table, Heads.post("h", "/?m=a%20b&m=c"))).isEqualTo("query");
        assertThat(matched(table, Heads.post("h", "/?m=c&m=a%20b"))).as("the first value counts").isEqualTo("none");
    }

    @Test
    void methodsAreComparedWithTheirCase() {
        RouteTable table = table(rule("post", "matches: [{method: POST}]"));
        assertThat(matched(table, Heads.head("post", "h", "/", Headers.empty(), Map.of(), Metadata.empty()))).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//guarded", "/%67uarded", "/a/../guarded", "/a/%2e%2e/guarded", "/guarded;x", "/.//guarded", "/guarded%2fx", "http://h/guarded"})
    void cve202626205PathsStandForThemselvesAsInEnvoyAndAreNeverParsedAsUrls(String path) {
        RouteTable table = table(route("guarded", path("PathPrefix", "/guarded")), route("exact", path("Exact", "/guarded")), route("open", path("PathPrefix", "/a")));
        assertThat(matched(table, Heads.post("h", path))).isNotEqualTo("guarded").isNotEqualTo("exact");
    }

    @Test
    void cve202626205ADoubleSlashIsAnEmptySegmentAndNoAuthority() {
        RouteTable table = table(route("root"), route("double", path("PathPrefix", "/a//b")));
        assertThat(matched(table, Heads.post("h", "//evil.example/a"))).isEqualTo("root");
        assertThat(matched(table, Heads.post("h", "/a//b/c"))).isEqualTo("double");
        assertThat(matched(table, Heads.post("h", "/a/b/c"))).isEqualTo("root");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            guarded.example.com?x,                 any
            guarded.example.com#x,                 any
            guarded.example.com/x,                 any
            open.example.com?.guarded.example.com, wild
            open.example.com#@guarded.example.com, wild
            guarded.example.com:80:80,             any
            user@guarded.example.com,              wild
            guarded.example.com:x,                 guarded
            """)
    void cve202649468AnAuthorityIsTakenWholeAndNeverParsedAsAUrl(String authority, String route) {
        RouteTable table = table(route("any"), route("wild", "hostnames: ['*.example.com']"), route("guarded", "hostnames: [guarded.example.com]"),
                route("open", "hostnames: [open.example.com]"));
        assertThat(matched(table, Heads.post(authority, "/"))).isEqualTo(route);
    }

    @Test
    void cve202649468AFragmentInThePathEndsItBeforeTheQuery() {
        RouteTable table = table(route("root"), route("exact", path("Exact", "/v1")));
        assertThat(matched(table, Heads.post("h", "/v1#?/x"))).isEqualTo("exact");
        assertThat(matched(table, Heads.post("h", "/v1?#/x"))).isEqualTo("exact");
    }

    @Test
    void aRouteThatCannotBeIsRefused() {
        assertThatThrownBy(() -> table(route("r", path("RegularExpression", "a(")))).hasMessageContaining("has no RE2 pattern: a(");
        assertThatThrownBy(() -> table(route("r", path("PathPrefix", "v1")))).hasMessageContaining("spec.rules[0].matches[0].path.value: must start with /");
    }

    private static String matched(RouteTable table, RequestHead head) {
        return table.match(head).map(RouteRule::name).orElse("none");
    }

    private static RouteTable table(String... documents) {
        return new RouteTable(Arrays.stream(documents).map(RouteTableTest::read).toList());
    }

    private static HttpRoute read(String text) {
        return Documents.parse("route.yaml", text).documents().getFirst().bindTolerantly(HttpRoute.class).value();
    }

    private static String route(String name, String... spec) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: %s}
                spec:
                  parentRefs: [{name: edge}]
                  %s
                """.formatted(name, String.join("\n  ", spec));
    }

    private static String rule(String name, String rule) {
        return route(name, "rules: [{" + rule + "}]");
    }

    private static String path(String type, String value) {
        return "rules: [{matches: [{path: {type: %s, value: '%s'}}]}]".formatted(type, value);
    }
}
