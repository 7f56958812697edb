package dev.gatehouse.cache.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cache.api.Written;
import dev.gatehouse.cache.tier.Near;
import dev.gatehouse.cache.tier.Outcome;
import dev.gatehouse.cache.tier.Tier;
import dev.gatehouse.state.Key;
import java.io.IOException;
import java.util.Optional;

/**
 * What became of one row.
 *
 * @param entry  that was served
 * @param tier   that served it
 * @param score  the verifier's of the entry that came nearest to answering; 1 in the exact tier, 0 where there was none
 * @param reason why there was no hit
 * @param veto   that the verifier found, where that was the reason
 */
record Step(Optional<Key> entry, Optional<Tier> tier, double score, Optional<String> reason, Optional<String> veto) {

    static Step bypassed(Enum<?> reason) {
        return new Step(Optional.empty(), Optional.empty(), 0, Optional.of(reason.name()), Optional.empty());
    }

    static Step of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Hit hit -> new Step(Optional.of(hit.entry()), Optional.of(hit.tier()), hit.score(), Optional.empty(), Optional.empty());
            case Outcome.Miss miss -> new Step(Optional.empty(), Optional.empty(), miss.near().map(Step::score).orElse(0.0), Optional.of(miss.why().name()),
                    miss.near().flatMap(near -> near.candidate().judgement().veto()).map(Enum::name));
        };
    }

    private static double score(Near near) {
        return near.candidate().judgement().score();
    }

    boolean isHit() {
        return entry.isPresent();
    }

    /** {@code {"id", "hit", "score", "tier", "reason"?, "veto"?}}. @param hit id of the row whose answer was served */
    byte[] json(JsonNode id, Optional<JsonNode> hit) throws IOException {
        ObjectNode line = Written.JSON.createObjectNode();
        line.set("id", id);
        line.set("hit", hit.orElse(null));
        line.put("score", score).put("tier", tier.map(Tier::name).orElse(null));
        reason.ifPresent(why -> line.put("reason", why));
        veto.ifPresent(why -> line.put("veto", why));
        return Written.JSON.writeValueAsBytes(line);
    }
}
