package dev.gatehouse.policy.route;

import dev.gatehouse.policy.ObjectMeta;
import dev.gatehouse.policy.document.InvalidField;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** An HTTPRoute of {@code gateway.networking.k8s.io/v1}, as far as it decides which request goes where. */
public record HttpRoute(String apiVersion, String kind, ObjectMeta metadata, Spec spec, Optional<Status> status) {

    public static final String KIND = "HTTPRoute";
    public static final String GROUP = "gateway.networking.k8s.io";
    private static final Set<String> API_VERSIONS = Set.of(GROUP + "/v1", GROUP + "/v1beta1");

    /**
     * @param hostnames exact or with a leading {@code *.}; every host when empty
     * @param rules     one that matches every path when empty
     */
    public record Spec(List<ParentRef> parentRefs, List<String> hostnames, List<Rule> rules) {
        public Spec {
            hostnames = hostnames.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
            rules = rules.isEmpty() ? List.of(new Rule(Optional.empty(), List.of(), List.of())) : rules;
        }
    }

    /**
     * What the route is attached to: a Gateway by default (a Service in a mesh).
     *
     * @param namespace the route's when absent
     */
    public record ParentRef(String kind, Optional<String> namespace, String name, Optional<String> sectionName) {
        public ParentRef {
            kind = kind == null ? "Gateway" : kind;
            InvalidField.required("name", name);
        }
    }

    /** @param matches a request that fits any of them fits the rule; one for every path when empty */
    public record Rule(Optional<String> name, List<Match> matches, List<BackendRef> backendRefs) {
        public Rule {
            matches = matches.isEmpty() ? List.of(new Match(null, List.of(), List.of(), Optional.empty())) : matches;
        }
    }

    /**
     * Where a rule sends its requests: a Service by default.
     *
     * @param namespace the route's when absent
     */
    public record BackendRef(String kind, Optional<String> namespace, String name) {
        public BackendRef {
            kind = kind == null ? "Service" : kind;
            InvalidField.required("name", name);
        }
    }

    /** All of it must fit. */
    public record Match(PathMatch path, List<ValueMatch> headers, List<ValueMatch> queryParams, Optional<String> method) {
        public Match {
            path = path == null ? new PathMatch(null, null) : path;
        }
    }

    /** How a path is compared. */
    public enum PathType { Exact, PathPrefix, RegularExpression }

    /** By default every path. */
    public record PathMatch(PathType type, String value) {
        public PathMatch {
            type = type == null ? PathType.PathPrefix : type;
            value = value == null ? "/" : value;
            InvalidField.check(type == PathType.RegularExpression || value.startsWith("/"), "value", "must start with /");
        }
    }

    /** How a header or a query parameter is compared. */
    public enum ValueType { Exact, RegularExpression }

    /** A header (name without regard to case) or a query parameter. */
    public record ValueMatch(ValueType type, String name, String value) {
        public ValueMatch {
            type = type == null ? ValueType.Exact : type;
            InvalidField.required("name", name);
            InvalidField.required("value", value);
        }
    }

    /** What gateways say about the route; a file has none. */
    public record Status(List<ParentStatus> parents) {}

    /** What one gateway says about one parent. */
    public record ParentStatus(ParentRef parentRef, List<Word> conditions) {
        public ParentStatus {
            InvalidField.required("parentRef", parentRef);
        }
    }

    /** A condition; Accepted is the one that counts here. */
    public record Word(String type, String status, String reason) {
        private static final String ACCEPTED = "Accepted";

        private boolean says(String word) {
            return ACCEPTED.equals(type) && word.equals(status);
        }
    }

    public HttpRoute {
        InvalidField.check(API_VERSIONS.contains(apiVersion), "apiVersion", "must be " + GROUP + "/v1, is " + apiVersion);
        InvalidField.required("metadata", metadata);
        InvalidField.required("spec", spec);
        spec.rules().stream().flatMap(rule -> rule.matches().stream()).forEach(Matcher::of);
    }

    /** Whether a gateway has taken the route for this parent; empty where none has said. */
    public Optional<Boolean> acceptedBy(ParentRef parent) {
        List<Word> words = words(parent);
        boolean yes = words.stream().anyMatch(word -> word.says("True"));
        return yes || words.stream().anyMatch(word -> word.says("False")) ? Optional.of(yes) : Optional.empty();
    }

    /** The reason why a gateway has not taken the route for this parent. */
    String refusedBecause(ParentRef parent) {
        return words(parent).stream().filter(word -> word.says("False")).map(Word::reason).filter(Objects::nonNull).findFirst().orElse("NotAccepted");
    }

    HttpRoute with(Spec effective) {
        return new HttpRoute(apiVersion, kind, metadata, effective, status);
    }

    private List<Word> words(ParentRef parent) {
        return status.map(Status::parents).orElse(List.of()).stream().filter(word -> isSame(word.parentRef(), parent))
                .flatMap(word -> word.conditions().stream()).toList();
    }

    private boolean isSame(ParentRef one, ParentRef other) {
        return one.kind().equals(other.kind()) && one.name().equals(other.name()) && one.sectionName().equals(other.sectionName())
                && one.namespace().orElse(metadata.namespace()).equals(other.namespace().orElse(metadata.namespace()));
    }
}
