package dev.gatehouse.llm.answer;

import dev.gatehouse.llm.Usage;

/**
 * How an answer is ended before its end.
 *
 * @param manner  how it reads to the client
 * @param status  HTTP status that the error would have, 400-599; picks the provider's error type
 * @param code    stable, machine-readable, e.g. {@code response_blocked}
 * @param message for a human; may name policy and rule, never the text
 * @param usage   tokens used so far, told where the provider's ending has a place for it
 */
public record Stop(Manner manner, int status, String code, String message, Usage usage) {

    /** How an ending reads to the client. */
    public enum Manner {
        /**
         * The provider's own ending of a filtered answer: {@code finish_reason: content_filter}, {@code stop_reason: refusal},
         * {@code response.incomplete}, {@code finishReason: SAFETY}, {@code guardrail_intervened}. Of a whole JSON body, an error.
         */
        FILTERED,
        /** The provider's own error, as the last event of a stream, or as the body. */
        ERROR
    }
}
