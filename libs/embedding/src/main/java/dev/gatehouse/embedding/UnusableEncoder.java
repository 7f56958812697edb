package dev.gatehouse.embedding;

/** An encoder cannot be opened: a fault of the configuration, told at start. The message says which file and what is wrong with it. */
public final class UnusableEncoder extends RuntimeException {

    UnusableEncoder(String message) {
        super(message);
    }

    UnusableEncoder(String message, Throwable cause) {
        super(message, cause);
    }
}
