package dev.gatehouse.cache.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cache.ask.Asker;
import dev.gatehouse.cache.ask.Owner;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.service.http.JsonAnswer.BadDocument;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.vector.Stock;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers {@code DELETE /v1/entries}: forgets what is kept, at once and for all replicas that share the store. With {@code key}, as the
 * look-up shows it, one entry. Else all of a {@code tenant}, or of a {@code principal} without tenant, or, with {@code everybody=true}, what
 * belongs to nobody; of these with {@code model} only those of that requested model. {@code policy} chooses the policy. Answers
 * {@code {"removed": n}}.
 *
 * @param hash the service's keyed hash
 */
public record Forget(PolicyChoice choice, KeyedHash hash, Stock stock) {

    private static final Set<String> KNOWN = Set.of("policy", "tenant", "principal", "everybody", "model", "key");

    /**
     * @param asked parameters of the query
     * @throws BadDocument for what does not say which entries
     */
    public byte[] answer(Map<String, String> asked) throws IOException {
        if (!KNOWN.containsAll(asked.keySet())) {
            throw new BadDocument("known parameters are policy, tenant, principal, everybody, model, key");
        }
        ObjectNode answer = Written.JSON.createObjectNode();
        return Written.JSON.writeValueAsBytes(answer.put("removed", asked.containsKey("key") ? one(asked.get("key")) : all(asked)));
    }

    private long one(String text) {
        Key entry = Keys.parse(text).orElseThrow(() -> new BadDocument("key must be an entry, as POST /v1/lookup shows it"));
        return stock.remove(Asker.ownerOf(new Keys(hash), entry), entry) ? 1 : 0;
    }

    private long all(Map<String, String> asked) {
        CompiledCache policy = choice.require(Optional.ofNullable(asked.get("policy")));
        Key owner = Asker.ownerKey(new Keys(hash), policy, owner(asked));
        return stock.removeAll(owner, Optional.ofNullable(asked.get("model")).map(model -> Asker.label(hash, model)));
    }

    private static Owner owner(Map<String, String> asked) {
        if (asked.containsKey("tenant")) {
            return Owner.ofTenant(asked.get("tenant"));
        } else if (asked.containsKey("principal")) {
            return Owner.ofPrincipal(asked.get("principal"));
        } else if ("true".equals(asked.get("everybody"))) {
            return Owner.everybody();
        }
        throw new BadDocument("say whose entries: tenant, principal or everybody=true; or which one: key");
    }
}
