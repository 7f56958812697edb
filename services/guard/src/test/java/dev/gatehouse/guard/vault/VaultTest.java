package dev.gatehouse.guard.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.Placeholders;
import dev.gatehouse.exchange.Placeholders.Entry;
import dev.gatehouse.guard.vault.Vault.Loss;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.MemoryValues;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.Values;
import dev.gatehouse.state.seal.SealingKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VaultTest {

    private static final String OLD = "old " + Base64.getEncoder().encodeToString(new byte[32]) + "\n";
    private static final String NEW = "new " + Base64.getEncoder().encodeToString("01234567890123456789012345678901".getBytes()) + "\n";
    private static final List<Entry> ENTRIES = List.of(new Entry("EMAIL", 2, "ada@example.com"), new Entry("NAME", 1, "Ada \"é\""));

    private final Kept values = new Kept();
    private final List<Loss> lost = new ArrayList<>();

    /** The store in memory, whose last value can be looked at and put elsewhere. */
    private static final class Kept implements Values {
        private final Values memory = new MemoryValues(1_000_000);
        private byte[] last;
        private boolean dead;

        @Override
        public Optional<byte[]> get(Key key) {
            refuseIfDead();
            return memory.get(key);
        }

        @Override
        public void put(Key key, byte[] value, Duration timeToLive) {
            refuseIfDead();
            last = value.clone();
            memory.put(key, value, timeToLive);
        }

        @Override
        public boolean putIfAbsent(Key key, byte[] value, Duration timeToLive) {
            return memory.putIfAbsent(key, value, timeToLive);
        }

        @Override
        public boolean delete(Key key) {
            return memory.delete(key);
        }

        private void refuseIfDead() {
            if (dead) {
                throw new StateUnavailable("away");
            }
        }
    }

    private Vault vault(String keys) {
        return new Vault(values, new Keys(KeyedHash.of("0123456789abcdef".getBytes())), SealingKeys.parse(keys), Duration.ofHours(1), lost::add);
    }

    @Test
    void aConversationIsRememberedAndNoOtherIs() {
        vault(OLD).remember("uid", "conversation:a", ENTRIES);
        assertThat(vault(OLD).recall("uid", "conversation:a")).isEqualTo(ENTRIES);
        assertThat(vault(OLD).recall("uid", "conversation:b")).isEmpty();
        assertThat(vault(OLD).recall("other", "conversation:a")).isEmpty();
        assertThat(lost).isEmpty();
    }

    @Test
    void whatIsKeptCannotBeReadAndIsNeverTheSameTwice() {
        vault(OLD).remember("uid", "conversation:a", ENTRIES);
        byte[] first = values.last;
        assertThat(new String(first, StandardCharsets.ISO_8859_1)).doesNotContain("ada", "EMAIL");
        vault(OLD).remember("uid", "conversation:a", ENTRIES);
        assertThat(values.last).isNotEqualTo(first);
    }

    @Test
    void keysRotateAndAKeyThatIsGoneLosesWhatItSealed() {
        vault(OLD).remember("uid", "conversation:a", ENTRIES);
        assertThat(vault(NEW + OLD).recall("uid", "conversation:a")).isEqualTo(ENTRIES);
        vault(NEW + OLD).remember("uid", "conversation:a", ENTRIES);
        assertThat(vault(NEW).recall("uid", "conversation:a")).isEqualTo(ENTRIES);
        assertThat(vault(OLD).recall("uid", "conversation:a")).isEmpty();
        assertThat(lost).containsExactly(Loss.sealed);
    }

    @Test
    void whatWasMovedOrChangedDoesNotOpen() {
        Keys keys = new Keys(KeyedHash.of("0123456789abcdef".getBytes()));
        vault(OLD).remember("uid", "conversation:a", ENTRIES);
        byte[] sealed = values.last;
        values.put(keys.key("uid", "guard", "placeholders", "conversation:b"), sealed, Duration.ofHours(1));
        assertThat(vault(OLD).recall("uid", "conversation:b")).isEmpty();
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            values.put(keys.key("uid", "guard", "placeholders", "conversation:a"), changed, Duration.ofHours(1));
            assertThat(vault(OLD).recall("uid", "conversation:a")).isEmpty();
        }
        values.put(keys.key("uid", "guard", "placeholders", "conversation:a"), new byte[] {1, 9, 0}, Duration.ofHours(1));
        assertThat(vault(OLD).recall("uid", "conversation:a")).isEmpty();
    }

    @Test
    void aStoreThatIsAwayCostsTheMemoryOnly() {
        values.dead = true;
        vault(OLD).remember("uid", "conversation:a", ENTRIES);
        assertThat(vault(OLD).recall("uid", "conversation:a")).isEmpty();
        assertThat(lost).containsExactly(Loss.unavailable, Loss.unavailable);
    }

    @Test
    void numbersGoOnFromTurnToTurn() {
        vault(OLD).remember("uid", "conversation:a", ENTRIES);
        Placeholders next = new Placeholders();
        new ConversationMemory(Optional.of(vault(OLD)), "uid", id -> Optional.of("conversation:a")).recall(Optional.empty(), next);
        assertThat(next.of("EMAIL", "bob@example.com")).isEqualTo("[EMAIL_3]");
        assertThat(next.of("EMAIL", "ada@example.com")).isEqualTo("[EMAIL_2]");
    }
}
