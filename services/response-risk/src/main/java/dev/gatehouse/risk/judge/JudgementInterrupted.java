package dev.gatehouse.risk.judge;

/** The exchange ended while a text of it was being judged. */
public final class JudgementInterrupted extends RuntimeException {

    JudgementInterrupted() {
        super("the exchange is over", null, false, false);
    }
}
