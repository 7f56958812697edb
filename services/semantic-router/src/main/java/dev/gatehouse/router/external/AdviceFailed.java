package dev.gatehouse.router.external;

/** An endpoint gave no advice. Says why in a word or a status, never what was sent or what came. */
final class AdviceFailed extends Exception {

    AdviceFailed(String reason) {
        super(reason, null, false, false);
    }
}
