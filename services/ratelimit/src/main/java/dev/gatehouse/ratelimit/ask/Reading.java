package dev.gatehouse.ratelimit.ask;

/** What became of reading a request. */
public sealed interface Reading {

    /** It was read. */
    record Read(Asked asked) implements Reading {}

    /** It must not go on unread; the message is for the client and holds nothing of the request. */
    record Unreadable(int status, String code, String message) implements Reading {}
}
