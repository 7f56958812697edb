package dev.gatehouse.router.decide;

import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Formats;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.coding.ContentCoding;
import dev.gatehouse.llm.coding.UndecodableBody;
import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.MalformedJson;
import java.util.Optional;

/**
 * Reads a request. What is not whole, in no known format, in one that names no model (MCP), or readable in two ways is not read.
 *
 * @param maxBytes the longest body, decoded
 */
public record RequestReader(int maxBytes) {

    private static final int MAX_DECODED_RATIO = 100;

    /** @param decoded whether its content encoding was undone */
    public record Read(LlmRequest request, boolean decoded) {}

    /**
     * Waits for the bytes of a request that can be read; empty where it cannot.
     *
     * @throws InterruptedException when the exchange ended meanwhile
     */
    public Optional<byte[]> bytes(Request request) throws InterruptedException {
        RequestHead head = request.head();
        if (Formats.uninspectable(head.method(), head.headers()).isPresent()) {
            return Optional.empty();
        }
        Body body = request.body();
        return body.isWhole() && body.bytes().length > 0 ? Optional.of(body.bytes()) : Optional.empty();
    }

    /** Reads what {@link #bytes} gave. */
    public Optional<Read> read(RequestHead head, byte[] bytes) {
        String coding = String.join(",", head.headers().all("content-encoding"));
        try {
            boolean encoded = ContentCoding.isEncoded(coding);
            byte[] plain = encoded ? ContentCoding.decode(coding, bytes, maxBytes, MAX_DECODED_RATIO) : bytes;
            return parse(head.method(), head.path(), head.headers().first("content-type").orElse(""), plain).map(read -> new Read(read, encoded));
        } catch (UndecodableBody e) {
            return Optional.empty();
        }
    }

    /** Reads a body that is there whole and plain. */
    public static Optional<LlmRequest> parse(String method, String path, String contentType, byte[] body) {
        try {
            JsonDocument document = JsonDocument.parse(body);
            Optional<Format> format = Formats.recognise(method, path, contentType).or(() -> Formats.byShape(document.root()))
                    .filter(known -> known != Format.MCP);
            return format.isEmpty() ? Optional.empty() : Optional.of(LlmRequest.of(format.get(), path, document));
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }
}
