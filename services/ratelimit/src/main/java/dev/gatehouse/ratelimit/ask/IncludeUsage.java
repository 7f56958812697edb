package dev.gatehouse.ratelimit.ask;

import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.coding.ContentCoding;
import dev.gatehouse.llm.json.Edit;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Asks a provider for the usage of a stream on behalf of a client that did not: {@code stream_options.include_usage} of OpenAI's chat and
 * completions formats.
 *
 * @param body    the request with it
 * @param headers a coded answer could not be relieved of the event, so none is asked for
 */
public record IncludeUsage(byte[] body, HeaderChange headers) {

    /** Empty where the client asks itself, where the format has no such thing, or where the attachment could not hide the event. */
    public static Optional<IncludeUsage> in(Asked asked) {
        Attachment attachment = asked.head().attachment();
        boolean possible = attachment.can(Capability.CHANGE_REQUEST_BODY) && attachment.can(Capability.CHANGE_RESPONSE_BODY)
                && !ContentCoding.isEncoded(String.join(",", asked.head().headers().all("content-encoding")));
        Headers headers = asked.head().headers();
        boolean plain = headers.first("accept-encoding").filter(accepted -> !accepted.strip().equalsIgnoreCase("identity")).isEmpty();
        boolean canAskForPlain = attachment.can(Capability.CHANGE_REQUEST_HEADERS_FROM_BODY);
        return possible && (plain || canAskForPlain)
                ? asked.request().filter(IncludeUsage::lacks).map(request -> with(request, plain)) : Optional.empty();
    }

    private static boolean lacks(LlmRequest request) {
        boolean knows = request.format() == Format.OPENAI_CHAT || request.format() == Format.OPENAI_COMPLETIONS;
        return knows && request.stream() && !request.root().get("stream_options").get("include_usage").is(Kind.TRUE);
    }

    private static IncludeUsage with(LlmRequest request, boolean plain) {
        byte[] body = Edit.apply(request.body(), List.of(edit(request.root())));
        return new IncludeUsage(body, plain ? HeaderChange.none() : HeaderChange.none().setting("accept-encoding", "identity"));
    }

    private static Edit edit(JsonValue root) {
        JsonValue options = root.get("stream_options");
        JsonValue include = options.get("include_usage");
        if (!include.is(Kind.MISSING)) {
            return new Edit(include.start(), include.end(), bytes("true"));
        }
        if (options.is(Kind.OBJECT)) {
            return insert(options, "\"include_usage\":true");
        }
        return options.is(Kind.MISSING) ? insert(root, "\"stream_options\":{\"include_usage\":true}")
                : new Edit(options.start(), options.end(), bytes("{\"include_usage\":true}"));
    }

    private static Edit insert(JsonValue object, String member) {
        return new Edit(object.start() + 1, object.start() + 1, bytes(member + (object.isPresent() ? "," : "")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
