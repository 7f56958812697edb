package dev.gatehouse.router.decide;

/** Why a request goes where it goes. */
public enum Why {
    /** A route's condition is true. */ RULE,
    /** The classifier is sure. */ CLASSIFIED,
    /** The conversation is on it already. */ STICKY,
    /** A decider outside chose it. */ DECIDER,
    /** No route is sure. */ LOW_CONFIDENCE,
    /** The policy's {@code when} is not true. */ NOT_ASKED,
    /** It has no text that could be classified. */ NO_TEXT,
    /** Its body is not whole, or in no format that is known. */ UNREADABLE,
    /** The policy's models speak another format. */ OTHER_FORMAT,
    /** Its text is too long to be embedded, or could not be in time. */ NOT_EMBEDDED,
    /** It has been routed before, here or at another gateway. */ ROUTED_BEFORE,
    /** The attachment cannot do what the policy wants. */ UNSUPPORTED;

    /** As metadata and metrics spell it. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
