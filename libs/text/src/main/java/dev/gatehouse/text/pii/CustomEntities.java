package dev.gatehouse.text.pii;

import dev.gatehouse.text.pattern.BoundedPattern;
import dev.gatehouse.text.pattern.Matches;
import dev.gatehouse.text.stream.GrowingText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Recognises the user's own entities: each pattern runs over the text once, in linear time. Immutable. */
final class CustomEntities {

    private static final double OUT_OF_CONTEXT = 0.5;
    private static final int LONGEST = 256;

    private final List<CustomEntity> entities;
    private final List<BoundedPattern> patterns;

    CustomEntities(List<CustomEntity> entities) {
        this.entities = List.copyOf(entities);
        patterns = entities.stream().map(entity -> BoundedPattern.of(entity.pattern(), LONGEST)).toList();
    }

    /** What they find in one text. */
    List<Finder> in(GrowingText text) {
        List<Finder> finders = new ArrayList<>();
        for (int i = 0; i < entities.size(); i++) {
            finders.add(new Finder(entities.get(i), patterns.get(i).in(text), text));
        }
        return finders;
    }

    /** One entity in one text. */
    static final class Finder {
        private final CustomEntity entity;
        private final Matches matches;
        private final GrowingText text;
        private final ArrayDeque<Matches.Match> waiting = new ArrayDeque<>();

        private Finder(CustomEntity entity, Matches matches, GrowingText text) {
            this.entity = entity;
            this.matches = matches;
            this.text = text;
        }

        /** Proposes what is certain by now. */
        void find(int rank, Findings findings) {
            for (Matches.Match match = matches.next(); match != null; match = matches.next()) {
                waiting.add(match);
            }
            while (!waiting.isEmpty()) {
                Matches.Match match = waiting.peek();
                text.clearNotes();
                double score = score(match.start(), match.end());
                if (text.lookedBeyond()) {
                    return;
                }
                findings.propose(entity.name(), score, match.start(), match.end());
                findings.accept(rank);
                waiting.remove();
            }
        }

        /** Whatever is proposed later starts here or after. */
        int settled() {
            return waiting.isEmpty() ? matches.settled() : Math.min(matches.settled(), waiting.peek().start());
        }

        private double score(int start, int end) {
            boolean near = entity.contextWords().isEmpty() || !Collections.disjoint(Context.words(text, start, end), entity.contextWords());
            return near ? entity.score() : entity.score() * OUT_OF_CONTEXT;
        }
    }
}
