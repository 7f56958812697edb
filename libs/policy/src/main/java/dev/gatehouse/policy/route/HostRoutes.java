package dev.gatehouse.policy.route;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The matches of one hostname: exact paths by hash, prefixes in a trie of segments, regular expressions in one group. */
final class HostRoutes {

    private static final class Segment {
        private final Map<String, Segment> children = new HashMap<>();
        private final Group candidates = new Group();

        private void sort() {
            candidates.sort(Candidate.BY_PRECEDENCE);
            children.values().forEach(Segment::sort);
        }
    }

    private final Map<String, Group> exact = new HashMap<>();
    private final Segment root = new Segment();
    private final Group regex = new Group();

    void add(Candidate candidate) {
        String path = candidate.match().path().value();
        switch (candidate.match().path().type()) {
            case Exact -> exact.computeIfAbsent(path, key -> new Group()).add(candidate);
            case PathPrefix -> segmentOf(path).candidates.add(candidate);
            case RegularExpression -> regex.add(candidate);
        }
    }

    void sort() {
        exact.values().forEach(group -> group.sort(Candidate.BY_PRECEDENCE));
        root.sort();
        regex.sort(Candidate.BY_LENGTH_OF_PATH);
    }

    Optional<Candidate> find(RequestView request) {
        return Optional.ofNullable(exact.get(request.path())).flatMap(group -> group.first(request))
                .or(() -> longestPrefix(request))
                .or(() -> regex.first(request));
    }

    /** {@code /a/b/} is the prefix {@code /a/b}; {@code /} is the root. */
    private Segment segmentOf(String prefix) {
        String trimmed = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        Segment segment = root;
        for (int slash = 0; slash < trimmed.length(); slash = endOfSegment(trimmed, slash)) {
            segment = segment.children.computeIfAbsent(trimmed.substring(slash + 1, endOfSegment(trimmed, slash)), key -> new Segment());
        }
        return segment;
    }

    private Optional<Candidate> longestPrefix(RequestView request) {
        if (!request.path().startsWith("/")) {
            return Optional.empty();
        }
        for (Segment segment : segmentsAlong(request.path())) {
            Optional<Candidate> found = segment.candidates.first(request);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The trie's segments along a path, deepest first; ends where the trie does, however long the path. */
    private Deque<Segment> segmentsAlong(String path) {
        Deque<Segment> along = new ArrayDeque<>();
        Segment segment = root;
        for (int slash = 0; segment != null; ) {
            along.push(segment);
            if (slash >= path.length() || segment.children.isEmpty()) {
                break;
            }
            int end = endOfSegment(path, slash);
            segment = segment.children.get(path.substring(slash + 1, end));
            slash = end;
        }
        return along;
    }

    private static int endOfSegment(String path, int slash) {
        int next = path.indexOf('/', slash + 1);
        return next < 0 ? path.length() : next;
    }
}
