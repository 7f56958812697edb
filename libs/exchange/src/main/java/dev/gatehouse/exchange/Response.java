package dev.gatehouse.exchange;

/** The response as a handler sees it. Either {@link #body()} is asked, or a {@link ResponseVerdict.Rewrite} walks the chunks. */
public interface Response {

    ResponseHead head();

    /** As {@link Request#body()}, for the response. A stream ends only when the backend ends it. */
    Body body() throws InterruptedException;
}
