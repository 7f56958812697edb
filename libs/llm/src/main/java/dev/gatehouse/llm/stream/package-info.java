/**
 * The framings of streamed responses: server-sent events, a JSON array that arrives piece by piece, and AWS's binary event stream.
 * Decoders take bytes split anywhere and never wait. May depend on {@code dev.gatehouse.llm.json}
 * and the JDK.
 */
package dev.gatehouse.llm.stream;
