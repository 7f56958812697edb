package dev.gatehouse.state;

/**
 * The store did not answer within its deadline, cannot be reached, or refused. Whether a change was made is unknown then. The message
 * holds neither keys nor values.
 */
public final class StateUnavailable extends RuntimeException {

    public StateUnavailable(String message) {
        super(message);
    }

    public StateUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
