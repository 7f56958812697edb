package dev.gatehouse.cache.ask;

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
 * Reads a request whole, or says why not.
 *
 * @param maxBodyBytes bound of a decoded body
 */
public record RequestReader(int maxBodyBytes) {

    private static final int MAX_DECODED_RATIO = 100;
    private static final String JSON = "application/json";

    /** What the head alone tells. */
    public static Optional<Format> format(RequestHead head) {
        return Formats.recognise(head.method(), head.path(), head.headers().first("content-type").orElse(JSON));
    }

    /**
     * Reads a live request, waiting for its body.
     *
     * @throws InterruptedException when the exchange ended or timed out meanwhile
     */
    public Reading read(Request request) throws InterruptedException {
        RequestHead head = request.head();
        if (Formats.uninspectable(head.method(), head.headers()).isPresent()) {
            return new Reading.Unread(Reason.encoded_body);
        }
        Body body = request.body();
        if (!body.isWhole()) {
            return new Reading.Unread(Reason.incomplete_body);
        }
        String coding = String.join(",", head.headers().all("content-encoding"));
        try {
            byte[] plain = coding.isBlank() ? body.bytes() : ContentCoding.decode(coding, body.bytes(), maxBodyBytes, MAX_DECODED_RATIO);
            return read(head.method(), head.path(), head.headers().first("content-type").orElse(JSON), plain);
        } catch (UndecodableBody e) {
            return new Reading.Unread(Reason.encoded_body);
        }
    }

    /** Reads a body that is there whole and plain. */
    public Reading read(String method, String path, String contentType, byte[] body) {
        if (body.length == 0) {
            return new Reading.Unread(Reason.unknown_format);
        }
        try {
            JsonDocument document = JsonDocument.parse(body);
            Optional<Format> format = Formats.recognise(method, path, contentType).or(() -> Formats.byShape(document.root()));
            return format.isEmpty() ? new Reading.Unread(Reason.unknown_format) : new Reading.Prompt(LlmRequest.of(format.get(), path, document));
        } catch (MalformedJson e) {
            return new Reading.Unread(Reason.malformed);
        }
    }
}
