package dev.gatehouse.exchange;

/** How an exchange ended, as far as the attachment can tell. */
public enum Ending {
    /** All that the handler was interested in has passed. */ COMPLETED,
    /** A local reply of this handler. */ REPLIED,
    /** The stream to the host closed before the end: the client aborted, the backend died, or the host went away. */ ABORTED
}
