package dev.gatehouse.risk.moderation;

/** An endpoint gave no opinion. Says why in a word or a status, never what was sent or what came. */
public final class ModerationFailed extends Exception {

    public ModerationFailed(String reason) {
        super(reason, null, false, false);
    }
}
