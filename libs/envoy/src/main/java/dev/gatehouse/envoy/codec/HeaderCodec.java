package dev.gatehouse.envoy.codec;

import com.google.protobuf.ByteString;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.Headers;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Header fields of Envoy's messages. Values are read from {@code raw_value}, else {@code value}, and written as
 * {@code raw_value}; bytes that are no UTF-8 are read as ISO 8859-1 rather than refused (CVE-2023-27488).
 */
public final class HeaderCodec {

    /** Header fields of this prefix are Gatehouse's own and never believed when a client sends them. */
    public static final String CONTROL_PREFIX = "x-gatehouse-";

    private HeaderCodec() {}

    /** All fields, pseudo headers included. */
    public static Headers decode(HeaderMap map) {
        List<Headers.Field> fields = new ArrayList<>(map.getHeadersCount());
        for (HeaderValue header : map.getHeadersList()) {
            fields.add(new Headers.Field(header.getKey(), value(header)));
        }
        return new Headers(fields);
    }

    /** The fields a request's handler may see: neither pseudo headers nor Gatehouse's control headers. */
    public static Headers requestFields(Headers all) {
        return new Headers(all.fields().stream().filter(field -> !isPseudo(field.name()) && !isControl(field.name())).toList());
    }

    /** All fields but pseudo headers. */
    public static Headers withoutPseudo(Headers all) {
        return new Headers(all.fields().stream().filter(field -> !isPseudo(field.name())).toList());
    }

    /** The mutation that takes client-sent control headers away; the default instance when there are none. */
    public static HeaderMutation stripControl(Headers all) {
        HeaderMutation.Builder strip = null;
        for (Headers.Field field : all.fields()) {
            if (isControl(field.name())) {
                strip = strip == null ? HeaderMutation.newBuilder() : strip;
                strip.addRemoveHeaders(field.name());
            }
        }
        return strip == null ? HeaderMutation.getDefaultInstance() : strip.build();
    }

    /** Removals first, then fields to overwrite; a name that is set twice keeps both values. */
    public static HeaderMutation.Builder mutation(HeaderChange change) {
        return HeaderMutation.newBuilder().addAllRemoveHeaders(change.remove()).addAllSetHeaders(options(change.set()));
    }

    /** Fields to set: the first of a name overwrites, further ones of it are added. */
    public static List<HeaderValueOption> options(List<Headers.Field> fields) {
        Set<String> seen = new HashSet<>();
        List<HeaderValueOption> options = new ArrayList<>(fields.size());
        for (Headers.Field field : fields) {
            options.add(option(field, seen.add(field.name())));
        }
        return options;
    }

    /** The same for ext_authz, whose filter reads {@code value} alone: a {@code raw_value} would reach the client as an empty field. */
    public static List<HeaderValueOption> textOptions(List<Headers.Field> fields) {
        return options(fields).stream().map(HeaderCodec::asText).toList();
    }

    private static HeaderValueOption asText(HeaderValueOption option) {
        HeaderValue header = option.getHeader();
        return option.toBuilder().setHeader(header.toBuilder().clearRawValue().setValue(header.getRawValue().toStringUtf8())).build();
    }

    private static HeaderValueOption option(Headers.Field field, boolean first) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(field.name()).setRawValue(ByteString.copyFromUtf8(field.value())))
                .setAppendAction(first ? HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD : HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD)
                .build();
    }

    private static String value(HeaderValue header) {
        ByteString raw = header.getRawValue();
        if (raw.isEmpty()) {
            return header.getValue();
        }
        return raw.isValidUtf8() ? raw.toStringUtf8() : raw.toString(StandardCharsets.ISO_8859_1);
    }

    private static boolean isPseudo(String name) {
        return name.startsWith(":");
    }

    private static boolean isControl(String name) {
        return name.startsWith(CONTROL_PREFIX);
    }
}
