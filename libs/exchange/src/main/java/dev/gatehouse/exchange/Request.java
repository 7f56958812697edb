package dev.gatehouse.exchange;

/** The request as a handler sees it. */
public interface Request {

    RequestHead head();

    /**
     * Waits until the body is there, whole or up to the acceptance's {@code maxBodyBytes}, and returns it. Asking again returns
     * the same. Without interest in the body, or where the attachment sends none, its extent is {@link Body.Extent#NOT_SENT}.
     *
     * @throws InterruptedException when the exchange ended or timed out meanwhile
     */
    Body body() throws InterruptedException;
}
