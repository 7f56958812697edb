package dev.gatehouse.cel;

/** An expression has no value for this request: a missing key, a division by zero, too many steps. The message holds no value of it. */
public final class EvaluationFailed extends Exception {

    public EvaluationFailed(String message) {
        super(message);
    }
}
