package dev.gatehouse.cel;

/** A text is no expression of the kind wanted. The message names the place in it and the reason, fit for the policy's author. */
public final class InvalidExpression extends Exception {

    public InvalidExpression(String message) {
        super(message);
    }
}
