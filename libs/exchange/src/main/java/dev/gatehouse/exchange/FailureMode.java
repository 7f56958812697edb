package dev.gatehouse.exchange;

/** What happens to an exchange when the feature itself fails (timeout, exception); spelled as in policies. */
public enum FailureMode {
    /** The client gets an error and the request does not reach the backend. */
    FailClosed,
    /** The request goes on as if the feature were not there. */
    FailOpen
}
