package dev.gatehouse.policy.identity;

import java.util.Optional;

/**
 * What the prompt itself says about its conversation.
 *
 * @param providerId    the provider's id ({@code conversation}, {@code previous_response_id} ...)
 * @param systemText    the system text, may be empty
 * @param firstUserTurn the first user turn, may be empty
 */
public record Conversation(Optional<String> providerId, String systemText, String firstUserTurn) {

    /** Holds text of the prompt, so it shows none of it. */
    @Override
    public String toString() {
        return "Conversation";
    }
}
