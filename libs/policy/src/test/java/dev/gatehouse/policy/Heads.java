package dev.gatehouse.policy;

import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import java.util.Map;
import java.util.Optional;

/** Request heads for tests. */
public final class Heads {

    private static final Attachment EXT_PROC = new Attachment(
            Attachment.Protocol.EXT_PROC, Attachment.BodyMode.FULL_DUPLEX_STREAMED, Attachment.BodyMode.FULL_DUPLEX_STREAMED);

    private Heads() {}

    public static RequestHead post(String authority, String path, String... headers) {
        return head("POST", authority, path, Headers.of(headers), Map.of(), Metadata.empty());
    }

    public static RequestHead with(RequestHead head, Map<String, Object> attributes) {
        return head(head.method(), head.authority(), head.path(), head.headers(), attributes, head.metadata());
    }

    public static RequestHead with(RequestHead head, Metadata metadata) {
        return head(head.method(), head.authority(), head.path(), head.headers(), head.attributes(), metadata);
    }

    public static RequestHead head(
            String method, String authority, String path, Headers headers, Map<String, Object> attributes, Metadata metadata) {
        return new RequestHead(method, authority, path, headers, attributes, metadata, Optional.empty(), EXT_PROC);
    }
}
