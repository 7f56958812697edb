package dev.gatehouse.cache.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cache.ask.Circumstances;
import dev.gatehouse.cache.ask.Reading;
import dev.gatehouse.cache.ask.RequestReader;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.service.http.JsonAnswer.BadDocument;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as an operator writes it down: {@code {"text" | "body", "context"?, "model"?, "path"?, "authority"?, "tenant"?, "principal"?,
 * "guarded"?}}. A text, after the messages of its context, is a chat completion of OpenAI; a body is one as it is sent, to the path.
 */
public final class Written {

    /** The only reader of such documents: no key twice, nothing behind the document. */
    public static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private static final String CHAT = "/v1/chat/completions";
    private static final String ANY_MODEL = "any";

    private final JsonNode document;

    private Written(JsonNode document) {
        this.document = document;
    }

    /** @throws BadDocument when it is not such a document; nothing of it is in the message */
    public static Written read(byte[] bytes) throws IOException {
        try {
            JsonNode document = JSON.readTree(bytes);
            if (document.isObject() && document.path("text").isTextual() != document.path("body").isObject()) {
                return new Written(document);
            }
        } catch (JsonProcessingException e) {
            throw new BadDocument("not JSON, or with a key twice in an object (column " + e.getLocation().getColumnNr() + ")");
        }
        throw new BadDocument("must be an object with either \"text\" (a string) or \"body\" (an object)");
    }

    /** A field that is a text; empty for one that is missing, null or something else. */
    public Optional<String> text(String field) {
        return Optional.of(document.path(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /** A field as it is; null where it is missing. */
    public JsonNode field(String field) {
        return document.get(field);
    }

    /** Its request, read as a live one. */
    public Reading request(RequestReader reader) throws IOException {
        byte[] body = JSON.writeValueAsBytes(document.has("body") ? document.get("body") : chat());
        return reader.read("POST", text("path").orElse(CHAT), "application/json", body);
    }

    private ObjectNode chat() {
        ObjectNode body = JSON.createObjectNode().put("model", text("model").orElse(ANY_MODEL));
        ArrayNode messages = body.putArray("messages");
        if (document.path("context").isArray()) {
            messages.addAll((ArrayNode) document.get("context"));
        }
        messages.addObject().put("role", "user").put("content", document.get("text").asText());
        return body;
    }

    /** The head that it would have, as far as routing policies look at it. */
    public RequestHead head() {
        Attachment attachment = new Attachment(Attachment.Protocol.EXT_PROC, Attachment.BodyMode.BUFFERED, Attachment.BodyMode.BUFFERED);
        return new RequestHead("POST", authority(), text("path").orElse(CHAT), Headers.empty(), Map.of(), Metadata.empty(), Optional.empty(), attachment);
    }

    private String authority() {
        return text("authority").orElse("").toLowerCase(Locale.ROOT);
    }

    /**
     * @param unnamed principal of one that names none
     * @param routing what stands for the routing policy that applies; empty for none
     */
    public Circumstances circumstances(Optional<String> unnamed, String routing) {
        Identity identity = new Identity(text("principal").or(() -> unnamed), text("tenant"), Optional.empty());
        return new Circumstances(identity, document.path("guarded").asBoolean(true), authority(), List.of(), routing);
    }

    /** Never shows the document. */
    @Override
    public String toString() {
        return "Written[" + document.size() + " fields]";
    }
}
