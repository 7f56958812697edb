package dev.gatehouse.guard.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.gatehouse.exchange.Placeholders;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.Values;
import dev.gatehouse.state.seal.Sealing;
import dev.gatehouse.state.seal.SealingKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the placeholders of a conversation stand for, kept encrypted between its turns, for a time that begins anew with each turn. A
 * store that does not answer costs a turn its memory, never the exchange. Thread-safe.
 */
public final class Vault {

    /** Why a turn goes on without its memory. */
    public enum Loss {
        /** The store did not answer. */ unavailable,
        /** What is kept cannot be opened: another key, or damage. */ sealed,
        /** More than is kept of a conversation. */ too_large
    }

    private static final int MAX_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Values values;
    private final Keys keys;
    private final Sealing sealing;
    private final Duration timeToLive;
    private final Consumer<Loss> lost;

    /**
     * @param secrets    what encrypts
     * @param timeToLive since the last turn
     * @param lost       told of each turn that goes on without its memory
     */
    public Vault(Values values, Keys keys, SealingKeys secrets, Duration timeToLive, Consumer<Loss> lost) {
        this.values = values;
        this.keys = keys;
        this.sealing = Sealing.with(secrets);
        this.timeToLive = timeToLive;
        this.lost = lost;
    }

    /**
     * What is remembered of a conversation.
     *
     * @param policy       the policy's UID
     * @param conversation as {@code Identity} names it: it holds the principal
     */
    public List<Placeholders.Entry> recall(String policy, String conversation) {
        Key key = key(policy, conversation);
        try {
            return values.get(key).map(sealed -> opened(key, sealed)).orElse(List.of());
        } catch (StateUnavailable e) {
            lost.accept(Loss.unavailable);
            return List.of();
        }
    }

    /** Remembers these in the place of what was remembered of the conversation. */
    public void remember(String policy, String conversation, List<Placeholders.Entry> entries) {
        Key key = key(policy, conversation);
        byte[] plain = encoded(entries);
        if (plain.length > MAX_BYTES) {
            lost.accept(Loss.too_large);
            return;
        }
        try {
            values.put(key, sealing.seal(key, plain), timeToLive);
        } catch (StateUnavailable e) {
            lost.accept(Loss.unavailable);
        }
    }

    private Key key(String policy, String conversation) {
        return keys.key(policy, "guard", "placeholders", conversation);
    }

    private List<Placeholders.Entry> opened(Key key, byte[] sealed) {
        Optional<byte[]> plain = sealing.open(key, sealed);
        if (plain.isEmpty()) {
            lost.accept(Loss.sealed);
            return List.of();
        }
        return decoded(plain.get());
    }

    private static byte[] encoded(List<Placeholders.Entry> entries) {
        ArrayNode all = JSON.createArrayNode();
        entries.forEach(entry -> all.addArray().add(entry.type()).add(entry.number()).add(entry.value()));
        try {
            return JSON.writeValueAsBytes(all);
        } catch (IOException e) {
            throw new IllegalStateException("a list of texts and numbers is always JSON");
        }
    }

    /** Sealed by us, so it reads as it was written. */
    private static List<Placeholders.Entry> decoded(byte[] plain) {
        List<Placeholders.Entry> entries = new ArrayList<>();
        try {
            for (JsonNode entry : JSON.readTree(plain)) {
                entries.add(new Placeholders.Entry(entry.get(0).asText(), entry.get(1).asInt(), entry.get(2).asText()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("what was sealed is no list of placeholders");
        }
        return entries;
    }
}
