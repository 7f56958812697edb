package dev.gatehouse.exchange;

import java.util.Map;

/** The response without its body; attributes and metadata as in {@link RequestHead}, as of the response. */
public record ResponseHead(int status, Headers headers, Map<String, Object> attributes, Metadata metadata) {

    public ResponseHead {
        attributes = Map.copyOf(attributes);
    }
}
