package dev.gatehouse.guard.vault;

import dev.gatehouse.exchange.Placeholders;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one exchange does with the vault: recalls its conversation's placeholders before anything is masked, and remembers them with
 * its own. Without a vault, or in no known conversation, it does nothing.
 *
 * @param vault        the vault, if there is one
 * @param policy       the policy's UID
 * @param conversation gives the conversation's name by the provider's id of it, which may be empty; empty where neither the client
 *                     nor the provider names one, and for clients that nobody knows
 */
public record ConversationMemory(Optional<Vault> vault, String policy, Function<Optional<String>, Optional<String>> conversation) {

    /** Takes over what earlier turns have put in. */
    public void recall(Optional<String> providerId, Placeholders into) {
        vault.ifPresent(open -> conversation.apply(providerId).ifPresent(name -> open.recall(policy, name).forEach(into::adopt)));
    }

    /** Keeps all for the turns after that one. */
    public void remember(Optional<String> providerId, Placeholders placeholders) {
        if (!placeholders.isEmpty()) {
            vault.ifPresent(open -> conversation.apply(providerId).ifPresent(name -> open.remember(policy, name, placeholders.entries())));
        }
    }
}
