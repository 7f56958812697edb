package dev.gatehouse.envoy.extproc;

import com.google.protobuf.Struct;
import dev.gatehouse.envoy.TraceContext;
import dev.gatehouse.envoy.codec.HeaderCodec;
import dev.gatehouse.envoy.codec.MetadataCodec;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.ResponseHead;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpTrailers;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import java.util.Map;

/** Reads heads out of messages. */
final class Heads {

    private static final String ATTRIBUTES = "envoy.filters.http.ext_proc";
    private static final int NO_STATUS = 0;

    private Heads() {}

    static RequestHead request(ProcessingRequest message, Headers all, Attachment attachment) {
        return new RequestHead(
                all.first(":method").orElse(""),
                all.first(":authority").or(() -> all.first("host")).orElse(""),
                all.first(":path").orElse(""),
                HeaderCodec.requestFields(all),
                attributes(message),
                MetadataCodec.decode(message.getMetadataContext()),
                TraceContext.current(all),
                attachment);
    }

    static ResponseHead response(ProcessingRequest message) {
        Headers all = HeaderCodec.decode(message.getResponseHeaders().getHeaders());
        return new ResponseHead(
                status(all),
                HeaderCodec.withoutPseudo(all),
                attributes(message),
                MetadataCodec.decode(message.getMetadataContext()));
    }

    static Headers trailers(HttpTrailers message) {
        return HeaderCodec.decode(message.getTrailers());
    }

    /** The announced length of a body in bytes, or -1. */
    static long contentLength(Headers headers) {
        return headers.first("content-length").map(Heads::number).orElse(-1L);
    }

    private static int status(Headers all) {
        return all.first(":status").map(Heads::number).map(Long::intValue).orElse(NO_STATUS);
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits.trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Map<String, Object> attributes(ProcessingRequest message) {
        Struct attributes = message.getAttributesMap().get(ATTRIBUTES);
        return attributes == null ? Map.of() : MetadataCodec.decode(attributes);
    }
}
