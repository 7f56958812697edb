package dev.gatehouse.exchange;

import java.nio.charset.StandardCharsets;

/**
 * An answer that a service gives itself.
 *
 * @param status   HTTP status, 200-599
 * @param headers  header fields; {@code content-length} is the host's to set
 * @param body     body bytes, may be empty
 * @param handOver what outer services and the access log shall know; {@code replied_by} is added by the attachment
 */
public record LocalReply(int status, Headers headers, byte[] body, HandOver handOver) {

    public LocalReply {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status of a local reply must be 200-599, is " + status);
        }
    }

    public static LocalReply json(int status, byte[] body) {
        return new LocalReply(status, Headers.of("content-type", "application/json"), body, HandOver.none());
    }

    public static LocalReply json(int status, String body) {
        return json(status, body.getBytes(StandardCharsets.UTF_8));
    }

    public LocalReply with(HandOver handOver) {
        return new LocalReply(status, headers, body, handOver);
    }

    public LocalReply withHeader(String name, String value) {
        return new LocalReply(status, headers.with(name, value), body, handOver);
    }
}
