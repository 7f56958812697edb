package dev.gatehouse.exchange;

import java.util.EnumSet;
import java.util.Set;

/**
 * How an exchange reached us, and so what can be done to it. The docs' capability table is made from {@link #capabilities()}.
 * Body modes are those the host announced for this stream; for protocols other than ext_proc the response mode is NONE.
 */
public record Attachment(Protocol protocol, BodyMode requestBody, BodyMode responseBody) {

    /** The four protocols of the design. */
    public enum Protocol { EXT_PROC, EXT_AUTHZ_GRPC, EXT_AUTHZ_HTTP, RATE_LIMIT }

    /** Body modes of {@code envoy.extensions.filters.http.ext_proc.v3.ProcessingMode}. */
    public enum BodyMode { NONE, BUFFERED, BUFFERED_PARTIAL, STREAMED, FULL_DUPLEX_STREAMED }

    /** What an attachment lets a feature do. */
    public enum Capability {
        /** See the request's body. */ READ_REQUEST_BODY,
        /** Be sure that a body seen as whole is the one sent on (false where the host may cut it). */ WHOLE_REQUEST_BODY,
        /** Answer in place of the backend. */ REPLY,
        /** Change request headers, not knowing the body. */ CHANGE_REQUEST_HEADERS,
        /** Change request headers because of what the body says. */ CHANGE_REQUEST_HEADERS_FROM_BODY,
        /** Change the request's body. */ CHANGE_REQUEST_BODY,
        /** See the response's head. */ READ_RESPONSE,
        /** Change status or headers of the response because of what its body says. */ CHANGE_RESPONSE_HEADERS_FROM_BODY,
        /** Change the response's body. */ CHANGE_RESPONSE_BODY,
        /** Change the response's body chunk by chunk, while the backend still sends. */ STREAM_RESPONSE_BODY
    }

    public Set<Capability> capabilities() {
        Set<Capability> all = EnumSet.of(Capability.REPLY, Capability.CHANGE_REQUEST_HEADERS);
        if (requestBody != BodyMode.NONE) {
            all.add(Capability.READ_REQUEST_BODY);
        }
        if (protocol == Protocol.EXT_PROC) {
            addExtProc(all);
        } else if (requestBody != BodyMode.NONE) {
            all.add(Capability.CHANGE_REQUEST_HEADERS_FROM_BODY);
        }
        return all;
    }

    public boolean can(Capability capability) {
        return capabilities().contains(capability);
    }

    private void addExtProc(Set<Capability> all) {
        all.add(Capability.READ_RESPONSE);
        if (requestBody != BodyMode.NONE) {
            all.add(Capability.CHANGE_REQUEST_BODY);
        }
        if (requestBody != BodyMode.NONE && requestBody != BodyMode.BUFFERED_PARTIAL) {
            all.add(Capability.WHOLE_REQUEST_BODY);
        }
        if (requestBody != BodyMode.NONE && requestBody != BodyMode.STREAMED) {
            all.add(Capability.CHANGE_REQUEST_HEADERS_FROM_BODY);
        }
        if (responseBody != BodyMode.NONE) {
            all.add(Capability.CHANGE_RESPONSE_BODY);
        }
        if (responseBody != BodyMode.NONE && responseBody != BodyMode.STREAMED) {
            all.add(Capability.CHANGE_RESPONSE_HEADERS_FROM_BODY);
        }
        if (responseBody == BodyMode.STREAMED || responseBody == BodyMode.FULL_DUPLEX_STREAMED) {
            all.add(Capability.STREAM_RESPONSE_BODY);
        }
    }
}
