package dev.gatehouse.text.pii;

import com.google.re2j.Matcher;
import java.util.Collections;
import java.util.List;

/** Recognises the user's own entities: each pattern runs over the text once, in linear time. */
final class CustomEntities {

    private static final double OUT_OF_CONTEXT = 0.5;

    private final List<CustomEntity> entities;

    CustomEntities(List<CustomEntity> entities) {
        this.entities = List.copyOf(entities);
    }

    void find(String text, Findings findings) {
        entities.forEach(entity -> find(entity, text, findings));
    }

    private static void find(CustomEntity entity, String text, Findings findings) {
        Matcher matcher = entity.pattern().matcher(text);
        while (matcher.find()) {
            findings.propose(entity.name(), score(entity, text, matcher.start(), matcher.end()), matcher.start(), matcher.end());
        }
    }

    private static double score(CustomEntity entity, String text, int start, int end) {
        boolean near = entity.contextWords().isEmpty() || !Collections.disjoint(Context.words(text, start, end), entity.contextWords());
        return near ? entity.score() : entity.score() * OUT_OF_CONTEXT;
    }
}
