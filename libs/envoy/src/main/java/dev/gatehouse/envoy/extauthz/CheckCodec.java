package dev.gatehouse.envoy.extauthz;

import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.gatehouse.envoy.TraceContext;
import dev.gatehouse.envoy.codec.HeaderCodec;
import dev.gatehouse.envoy.codec.MetadataCodec;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Attachment.Protocol;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestHead;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.Peer;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.service.auth.v3.DeniedHttpResponse;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Check requests to neutral heads and bodies, decisions to check responses. */
final class CheckCodec {

    private CheckCodec() {}

    /** All header fields, from the raw map where the host sends that ({@code encode_raw_headers}). */
    static Headers headers(HttpRequest http) {
        if (http.hasHeaderMap()) {
            return HeaderCodec.decode(http.getHeaderMap());
        }
        List<Headers.Field> fields = new ArrayList<>(http.getHeadersCount());
        http.getHeadersMap().forEach((name, value) -> fields.add(new Headers.Field(name, value)));
        return new Headers(fields);
    }

    static Body body(HttpRequest http, Headers headers) {
        byte[] bytes = http.getRawBody().isEmpty()
                ? http.getBody().getBytes(StandardCharsets.UTF_8)
                : http.getRawBody().toByteArray();
        return AuthzBody.of(http.getMethod(), headers, bytes);
    }

    static RequestHead head(AttributeContext context, Headers headers, Body body) {
        HttpRequest http = context.getRequest().getHttp();
        return new RequestHead(
                http.getMethod(), http.getHost(), http.getPath(), HeaderCodec.requestFields(headers), attributes(context),
                MetadataCodec.decode(context.getMetadataContext()), TraceContext.current(headers),
                new Attachment(Protocol.EXT_AUTHZ_GRPC, AuthzBody.mode(body), BodyMode.NONE));
    }

    static CheckResponse response(Decision decision, Headers headers) {
        return switch (decision) {
            case Decision.Allowed allowed -> allow(allowed, headers);
            case Decision.Denied denied -> deny(denied.reply());
        };
    }

    /** The request goes on; client-sent control headers are taken away, whatever the decision says. */
    static CheckResponse allow(Decision.Allowed allowed, Headers headers) {
        CheckResponse.Builder response = CheckResponse.newBuilder()
                .setStatus(Status.newBuilder().setCode(Code.OK_VALUE))
                .setOkResponse(OkHttpResponse.newBuilder()
                        .addAllHeaders(HeaderCodec.textOptions(allowed.headers().set()))
                        .addAllHeadersToRemove(RemovedNames.of(allowed.headers()))
                        .addAllHeadersToRemove(HeaderCodec.stripControl(headers).getRemoveHeadersList()));
        return allowed.handOver().isEmpty()
                ? response.build()
                : response.setDynamicMetadata(MetadataCodec.flat(allowed.handOver())).build();
    }

    /** Any code but these two would count as a failure of ours, which the host may let pass. */
    private static CheckResponse deny(LocalReply reply) {
        Code code = reply.status() == 401 ? Code.UNAUTHENTICATED : Code.PERMISSION_DENIED;
        return CheckResponse.newBuilder()
                .setStatus(Status.newBuilder().setCode(code.getNumber()))
                .setDeniedResponse(DeniedHttpResponse.newBuilder()
                        .setStatus(HttpStatus.newBuilder().setCodeValue(reply.status()))
                        .addAllHeaders(HeaderCodec.textOptions(reply.headers().without("content-length").fields()))
                        .setBody(new String(reply.body(), StandardCharsets.UTF_8)))
                .setDynamicMetadata(MetadataCodec.flat(reply.handOver()))
                .build();
    }

    private static Map<String, Object> attributes(AttributeContext context) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        peer("source", context.getSource(), attributes);
        peer("destination", context.getDestination(), attributes);
        attributes.putAll(context.getContextExtensionsMap());
        if (context.hasRouteMetadataContext()) {
            var namespaces = MetadataCodec.decode(context.getRouteMetadataContext()).namespaces();
            attributes.put("xds.route_metadata", Map.of("filter_metadata", namespaces));
        }
        return attributes;
    }

    private static void peer(String name, Peer peer, Map<String, Object> attributes) {
        if (peer.hasAddress()) {
            attributes.put(name + ".address", address(peer.getAddress()));
        }
        if (!peer.getPrincipal().isEmpty()) {
            attributes.put(name + ".principal", peer.getPrincipal());
        }
    }

    private static String address(Address address) {
        var socket = address.getSocketAddress();
        return socket.getAddress() + ":" + socket.getPortValue();
    }
}
