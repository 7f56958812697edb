package dev.gatehouse.ratelimit.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.limit.OnStateLoss;
import dev.gatehouse.policy.limit.Quota;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.limit.Unit;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.ratelimit.admit.Money;
import dev.gatehouse.ratelimit.admit.Standing;
import dev.gatehouse.ratelimit.admit.Stores;
import dev.gatehouse.ratelimit.compile.CompiledLimit;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import dev.gatehouse.ratelimit.keys.KeyBook;
import dev.gatehouse.ratelimit.keys.SeenKey;
import dev.gatehouse.state.limit.Level;
import dev.gatehouse.state.limit.Limits;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Limits, the keys that this replica has seen of each, and how full these are now. Answers are JSON; they wait for the store.
 *
 * @param policies the policies that hold now
 * @param keys     the keys seen
 * @param stores   the store
 */
public record LimitsView(PolicySource<TokenRateLimitPolicy, CompiledLimits> policies, KeyBook keys, Stores stores) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_SHOWN = 1_000;
    /** The store is asked for so many at once. */
    private static final int BATCH = 100;

    /** All limits of all policies. */
    public byte[] limits() {
        ObjectNode root = JSON.objectNode();
        ArrayNode list = root.putArray("limits");
        for (CompiledPolicy<TokenRateLimitPolicy, CompiledLimits> policy : policies.current().policies()) {
            policy.compiled().limits().forEach(limit -> describe(policy.compiled(), limit, list.addObject()));
        }
        return bytes(root);
    }

    /** The keys of a limit, the tightest first; empty where there is no such limit. */
    public Optional<byte[]> keys(String policy, String limit) {
        return find(policy, limit).map(found -> {
            ObjectNode root = JSON.objectNode().put("policy", policy).put("limit", limit);
            ArrayNode list = root.putArray("keys");
            standings(keys.of(policy, limit)).stream().sorted(Comparator.comparingDouble(Seen::freeShare)).limit(MOST_SHOWN)
                    .forEach(seen -> describe(found, seen, list.addObject()));
            return bytes(root);
        });
    }

    /**
     * Makes a key's bucket full again.
     *
     * @param id of the key, as {@link #keys} shows it; all keys seen of the limit when absent
     * @return empty where there is no such limit
     */
    public Optional<byte[]> reset(String policy, String limit, Optional<String> id) {
        return find(policy, limit).map(found -> {
            List<SeenKey> chosen = keys.of(policy, limit).stream().filter(seen -> id.isEmpty() || id.get().equals(id(seen))).toList();
            chosen.forEach(seen -> store().reset(seen.budget().bucket()));
            return bytes(JSON.objectNode().put("reset", chosen.size()));
        });
    }

    /** The answer where there is no such limit. */
    public static byte[] unknown() {
        return error("there is no such policy and limit");
    }

    /** The answer where the store does not answer. */
    public static byte[] unavailable() {
        return error("the store of limits does not answer");
    }

    private record Seen(SeenKey key, Standing standing) {
        double freeShare() {
            return standing.freeShare();
        }
    }

    private List<Seen> standings(List<SeenKey> seen) {
        List<Seen> standings = new ArrayList<>(seen.size());
        for (int from = 0; from < seen.size(); from += BATCH) {
            List<SeenKey> batch = seen.subList(from, Math.min(from + BATCH, seen.size()));
            List<Level> levels = store().peek(batch.stream().map(key -> key.budget().bucket()).toList());
            for (int i = 0; i < batch.size(); i++) {
                standings.add(new Seen(batch.get(i), new Standing(batch.get(i).budget(), levels.get(i))));
            }
        }
        return standings;
    }

    private Optional<CompiledLimit> find(String policy, String limit) {
        return policies.current().policies().stream().map(CompiledPolicy::compiled).filter(compiled -> compiled.name().equals(policy))
                .flatMap(compiled -> compiled.limits().stream()).filter(candidate -> candidate.name().equals(limit)).findFirst();
    }

    private void describe(CompiledLimits policy, CompiledLimit limit, ObjectNode into) {
        into.put("policy", policy.name()).put("limit", limit.name());
        limit.limit().quota().ifPresentOrElse(
                quota -> into.put("unit", quota.unit().name()).put("amount", quota.amount()).put("window", quota.window()).put("algorithm", quota.algorithm().name()),
                () -> into.put("unit", "InFlight").put("amount", limit.limit().concurrency().orElseThrow()));
        into.put("mode", limit.enforced() ? "Enforce" : "Shadow").put("keys", keys.of(policy.name(), limit.name()).size());
    }

    private static void describe(CompiledLimit limit, Seen seen, ObjectNode into) {
        Level level = seen.standing().level();
        ArrayNode label = into.put("id", id(seen.key())).putArray("key");
        seen.key().label().forEach(label::add);
        into.put("limit", amount(limit, level.limit()))
                .put("used", amount(limit, level.used()))
                .put("reserved", amount(limit, level.reserved()))
                .put("remaining", amount(limit, level.remaining()))
                .put("fullInSeconds", (level.fullInMillis() + 999) / 1000);
    }

    private static BigDecimal amount(CompiledLimit limit, long amount) {
        boolean money = limit.limit().quota().map(Quota::unit).filter(Unit.Cost::equals).isPresent();
        return money ? Money.amount(amount) : BigDecimal.valueOf(amount);
    }

    /** The end of the store's key, which is a keyed hash. */
    private static String id(SeenKey seen) {
        String key = seen.budget().bucket().key().text();
        return key.substring(key.length() - 12);
    }

    private Limits store() {
        return stores.of(OnStateLoss.Closed);
    }

    private static byte[] error(String message) {
        ObjectNode root = JSON.objectNode();
        root.putObject("error").put("message", message);
        return bytes(root);
    }

    private static byte[] bytes(ObjectNode root) {
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }
}
