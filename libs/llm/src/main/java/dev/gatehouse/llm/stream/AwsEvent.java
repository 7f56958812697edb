package dev.gatehouse.llm.stream;

import dev.gatehouse.llm.json.Edit;
import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.MalformedJson;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One message of AWS's binary event stream ({@code application/vnd.amazon.eventstream}): prelude (total length, headers length,
 * CRC-32), headers, payload, CRC-32 of all before.
 *
 * @param headers string headers by name, e.g. {@code :event-type}; headers of other types are read over
 * @param raw     the message as it came, with prelude and checksums
 * @param payload the payload, usually JSON
 */
public record AwsEvent(Map<String, String> headers, byte[] raw, byte[] payload) implements Frame {

    static final int PRELUDE = 12;
    static final int OVERHEAD = PRELUDE + 4;
    private static final byte STRING = 7;

    /** An event of a type with a JSON payload. */
    public static AwsEvent event(String type, byte[] payload) {
        return of(headers("event", ":event-type", type), payload);
    }

    /** An exception: the stream ends with it. */
    public static AwsEvent exception(String type, byte[] payload) {
        return of(headers("exception", ":exception-type", type), payload);
    }

    private static Map<String, String> headers(String messageType, String typeHeader, String type) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(typeHeader, type);
        headers.put(":content-type", "application/json");
        headers.put(":message-type", messageType);
        return headers;
    }

    private static AwsEvent of(Map<String, String> headers, byte[] payload) {
        byte[] encoded = encodeHeaders(headers);
        int total = OVERHEAD + encoded.length + payload.length;
        ByteBuffer out = ByteBuffer.allocate(total).putInt(total).putInt(encoded.length);
        out.putInt(crc(out.array(), 8)).put(encoded).put(payload);
        out.putInt(crc(out.array(), total - 4));
        return new AwsEvent(headers, out.array(), payload);
    }

    private static byte[] encodeHeaders(Map<String, String> headers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        headers.forEach((name, value) -> {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            out.write(name.length());
            out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            out.write(STRING);
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) text.length).array());
            out.writeBytes(text);
        });
        return out.toByteArray();
    }

    static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Reads a message whose lengths are known to fit. */
    static AwsEvent decode(byte[] raw, int headersLength) throws StreamFormatException {
        if (crc(raw, raw.length - 4) != ByteBuffer.wrap(raw).getInt(raw.length - 4)) {
            throw new StreamFormatException("the checksum of an event stream message is wrong");
        }
        Map<String, String> headers = decodeHeaders(ByteBuffer.wrap(raw, PRELUDE, headersLength));
        byte[] payload = java.util.Arrays.copyOfRange(raw, PRELUDE + headersLength, raw.length - 4);
        return new AwsEvent(headers, raw, payload);
    }

    private static Map<String, String> decodeHeaders(ByteBuffer in) throws StreamFormatException {
        Map<String, String> headers = new LinkedHashMap<>();
        try {
            while (in.hasRemaining()) {
                String name = text(in, in.get() & 0xff);
                byte type = in.get();
                byte[] value = new byte[valueLength(in, type)];
                in.get(value);
                if (type == STRING) {
                    headers.put(name, new String(value, StandardCharsets.UTF_8));
                }
            }
        } catch (java.nio.BufferUnderflowException cut) {
            throw new StreamFormatException("the headers of an event stream message are cut");
        }
        return headers;
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int valueLength(ByteBuffer in, byte type) throws StreamFormatException {
        return switch (type) {
            case 0, 1 -> 0;
            case 2 -> 1;
            case 3 -> 2;
            case 4 -> 4;
            case 5, 8 -> 8;
            case 6, STRING -> in.getShort() & 0xffff;
            case 9 -> 16;
            default -> throw new StreamFormatException("an event stream header has the unknown type " + type);
        };
    }

    /** The payload, if there is one; of {@code InvokeModelWithResponseStream}'s chunks the model's own JSON inside. */
    @Override
    public Optional<byte[]> json() {
        return wrapped().map(bytes -> Base64.getDecoder().decode(bytes.text()))
                .or(() -> payload.length == 0 ? Optional.empty() : Optional.of(payload));
    }

    private Optional<JsonValue> wrapped() {
        if (!"chunk".equals(headers.get(":event-type"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonDocument.parse(payload).root().get("bytes")).filter(bytes -> bytes.is(JsonValue.Kind.STRING));
        } catch (MalformedJson notJson) {
            return Optional.empty();
        }
    }

    /** The same message with another payload and new checksums; headers of other types than string are left out. */
    @Override
    public AwsEvent withJson(byte[] json) {
        return of(headers, wrapped().map(bytes -> rewrap(bytes, json)).orElse(json));
    }

    private static byte[] rewrap(JsonValue bytes, byte[] json) {
        return bytes.document().with(List.of(Edit.ofString(bytes, Base64.getEncoder().encodeToString(json))));
    }

    @Override
    public byte[] encode() {
        return raw;
    }

    /** Never shows content. */
    @Override
    public String toString() {
        return "AwsEvent[" + headers.get(":event-type") + ", " + raw.length + " bytes]";
    }
}
