package dev.gatehouse.guard.inspect;

import dev.gatehouse.guard.prompt.Piece;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was found in each text by itself. */
record Found(Map<Piece, List<Hit>> byPiece) {

    static Found of(List<Hit> hits) {
        return new Found(hits.stream().collect(Collectors.groupingBy(Hit::piece, IdentityHashMap::new, Collectors.toList())));
    }

    /** Whether the same rule found the same at that place, maybe shorter. */
    boolean overlaps(Hit hit) {
        return byPiece.getOrDefault(hit.piece(), List.of()).stream().anyMatch(other -> isSame(other, hit));
    }

    private static boolean isSame(Hit one, Hit other) {
        return one.rule() == other.rule() && one.finding().category().equals(other.finding().category())
                && one.finding().overlaps(other.finding());
    }
}
