package dev.gatehouse.risk.answer;

/** One answer on its way through its judge: bytes in, split anywhere, and the bytes that the client gets. */
public interface AnswerFlow {

    /** Takes more bytes; gives what goes on now. */
    byte[] feed(byte[] bytes);

    /** The body has ended; gives the rest. */
    byte[] end();

    /** Whether the answer was ended before its end. */
    boolean isStopped();

    /** The answer is over, or given up. */
    default void close() {}
}
