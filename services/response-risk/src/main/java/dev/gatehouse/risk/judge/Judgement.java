package dev.gatehouse.risk.judge;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was found in an answer so far, and what follows.
 *
 * @param hits       the first of them, in the order in which they became certain
 * @param objections what could not be read
 * @param failures   rules that gave no verdict, e.g. because their endpoint did not answer; each name once
 */
public record Judgement(List<Hit> hits, List<Objection> objections, List<String> failures) {

    public Judgement {
        hits = List.copyOf(hits);
        objections = List.copyOf(objections);
        failures = List.copyOf(failures);
    }

    /** The strictest of all. */
    public Verdict verdict() {
        return Stream.concat(hits.stream().map(Hit::effect), objections.stream().map(Objection::verdict))
                .max(Comparator.naturalOrder()).orElse(Verdict.Allow);
    }

    public List<Hit> hits(Verdict effect) {
        return hits.stream().filter(hit -> hit.effect() == effect).toList();
    }

    public List<Objection> objections(Verdict verdict) {
        return objections.stream().filter(objection -> objection.verdict() == verdict).toList();
    }
}
