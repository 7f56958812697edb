package dev.gatehouse.guard.inspect;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the guard found in a prompt, and what follows. */
public record Judgement(List<Hit> hits, List<Objection> objections) {

    public Judgement {
        hits = List.copyOf(hits);
        objections = List.copyOf(objections);
    }

    /** The strictest of all findings. */
    public Verdict verdict() {
        return Stream.concat(hits.stream().map(Hit::verdict), objections.stream().map(Objection::verdict))
                .max(Comparator.naturalOrder())
                .orElse(Verdict.Allow);
    }

    /** The findings that call for this verdict. */
    public List<Hit> hits(Verdict verdict) {
        return hits.stream().filter(hit -> hit.verdict() == verdict).toList();
    }
}
