package dev.gatehouse.guard.inspect;

import dev.gatehouse.guard.compile.CompiledRule;
import dev.gatehouse.guard.prompt.Piece;
import dev.gatehouse.text.Finding;
import java.util.ArrayList;
import java.util.List;

/** Stretches of neighbouring texts, put together; all texts have the same role and kind. */
record Seam(List<Stretch> stretches) {

    /**
     * A stretch of one text.
     *
     * @param start where it starts in its text
     * @param end   where it ends there
     * @param at    where it starts in the joined text
     */
    record Stretch(Piece piece, int start, int end, int at) {

        private int joinedEnd() {
            return at + end - start;
        }

        private Finding ownPart(Finding finding) {
            int from = Math.max(finding.start(), at) - at + start;
            int to = Math.min(finding.end(), joinedEnd()) - at + start;
            return finding.at(from, to);
        }
    }

    Piece first() {
        return stretches.getFirst().piece();
    }

    /** The joined text. */
    String text() {
        StringBuilder joined = new StringBuilder();
        stretches.forEach(stretch -> joined.append(stretch.piece().text(), stretch.start(), stretch.end()));
        return joined.toString();
    }

    /** One hit for each text that the finding touches; none where a text by itself showed it, whole or in part. */
    List<Hit> hits(CompiledRule rule, Finding finding, Found alone) {
        List<Hit> hits = new ArrayList<>();
        for (int i = firstTouched(finding); i < stretches.size() && stretches.get(i).at() < finding.end(); i++) {
            hits.add(new Hit(rule, stretches.get(i).piece(), stretches.get(i).ownPart(finding)));
        }
        return hits.size() > 1 && hits.stream().noneMatch(alone::overlaps) ? hits : List.of();
    }

    private int firstTouched(Finding finding) {
        int low = 0;
        int high = stretches.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (stretches.get(middle).joinedEnd() > finding.start()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
