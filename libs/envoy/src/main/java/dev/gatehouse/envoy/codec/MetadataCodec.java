package dev.gatehouse.envoy.codec;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Metadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dynamic metadata and attributes ({@code google.protobuf.Struct}) as plain maps, and the hand-over as metadata. */
public final class MetadataCodec {

    private MetadataCodec() {}

    /** Envoy's metadata, namespace by namespace; typed metadata is not read. */
    public static Metadata decode(io.envoyproxy.envoy.config.core.v3.Metadata metadata) {
        if (metadata.getFilterMetadataCount() == 0) {
            return Metadata.empty();
        }
        Map<String, Map<String, Object>> namespaces = new LinkedHashMap<>();
        metadata.getFilterMetadataMap().forEach((name, struct) -> namespaces.put(name, decode(struct)));
        return new Metadata(namespaces);
    }

    /** A struct's fields; nulls are left out. */
    public static Map<String, Object> decode(Struct struct) {
        Map<String, Object> values = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((name, value) -> {
            if (value.getKindCase() != Value.KindCase.NULL_VALUE && value.getKindCase() != Value.KindCase.KIND_NOT_SET) {
                values.put(name, decode(value));
            }
        });
        return values;
    }

    /** The hand-over as reply metadata, under its namespace; the default instance when there is nothing to say. */
    public static Struct encode(HandOver handOver) {
        if (handOver.isEmpty()) {
            return Struct.getDefaultInstance();
        }
        return Struct.newBuilder()
                .putFields(HandOver.NAMESPACE, Value.newBuilder().setStructValue(flat(handOver)).build())
                .build();
    }

    /** The hand-over's keys without a namespace, as ext_authz replies carry them. */
    public static Struct flat(HandOver handOver) {
        Struct.Builder flat = Struct.newBuilder();
        handOver.values().forEach((name, value) -> flat.putFields(name, encode(value)));
        return flat.build();
    }

    /** A tree of strings, numbers, booleans, lists and maps as a struct. */
    public static Struct encode(Map<?, ?> values) {
        Struct.Builder struct = Struct.newBuilder();
        values.forEach((name, value) -> struct.putFields(name.toString(), encode(value)));
        return struct.build();
    }

    private static Object decode(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> decode(value.getStructValue());
            case LIST_VALUE -> decode(value.getListValue());
            case NULL_VALUE, KIND_NOT_SET -> "";
        };
    }

    private static List<Object> decode(ListValue list) {
        List<Object> values = new ArrayList<>(list.getValuesCount());
        list.getValuesList().forEach(value -> values.add(decode(value)));
        return values;
    }

    private static Value encode(Object value) {
        return switch (value) {
            case Number number -> Value.newBuilder().setNumberValue(number.doubleValue()).build();
            case Boolean bool -> Value.newBuilder().setBoolValue(bool).build();
            case List<?> list -> Value.newBuilder().setListValue(encode(list)).build();
            case Map<?, ?> map -> Value.newBuilder().setStructValue(encode(map)).build();
            default -> Value.newBuilder().setStringValue(value.toString()).build();
        };
    }

    private static ListValue encode(List<?> list) {
        ListValue.Builder values = ListValue.newBuilder();
        list.forEach(value -> values.addValues(encode(value)));
        return values.build();
    }
}
