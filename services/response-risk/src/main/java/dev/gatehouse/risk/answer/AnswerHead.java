package dev.gatehouse.risk.answer;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Formats;
import dev.gatehouse.policy.risk.UninspectableAnswers.Content;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the head of an answer tells of its body.
 *
 * @param method of the request
 * @param path   of the request, with query
 * @param status of the answer
 * @param format of the request, if it is known
 */
public record AnswerHead(String method, String path, int status, Headers headers, Optional<Format> format) {

    private static final String AWS_STREAM = "application/vnd.amazon.eventstream";
    private static final Set<String> STREAMS = Set.of("text/event-stream", AWS_STREAM, "application/x-ndjson", "application/jsonl", "application/stream+json");
    private static final int FIRST_ERROR = 400;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    public static AnswerHead of(String method, String path, ResponseHead head, Optional<Format> format) {
        return new AnswerHead(method, path, head.status(), head.headers(), format);
    }

    /** Whether HTTP says that there is no body (RFC 9110, 6.4.1). */
    public boolean hasNoBody() {
        return method.equalsIgnoreCase("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED
                || headers.first("content-length").filter(length -> length.strip().equals("0")).isPresent();
    }

    public String contentType() {
        return headers.first("content-type").orElse("");
    }

    /** The codings of the body, empty for none. */
    public String coding() {
        return String.join(",", headers.all("content-encoding"));
    }

    /** Whether the body is made of events that come one by one; Gemini also streams the elements of a JSON array. */
    public boolean isStream() {
        return STREAMS.contains(mediaType()) || format.equals(Optional.of(Format.GEMINI_GENERATE)) && path.contains(":streamGenerateContent");
    }

    /** Whether the body can be read as an answer of its format, framed as providers do. Bodies of errors have any form. */
    public boolean speaksItsFormat() {
        String type = mediaType();
        boolean framed = type.isEmpty() || type.equals("application/json") || type.endsWith("+json") || type.equals("text/event-stream") || type.equals(AWS_STREAM);
        return format.isPresent() && framed && (status < FIRST_ERROR || isStream());
    }

    /** Why nobody can read the body as text, if so. */
    public Optional<Content> unreadable() {
        if (mediaType().equals(AWS_STREAM) && format.isPresent()) {
            return Optional.empty();
        }
        return Formats.uninspectable(method, headers).map(found -> switch (found.kind()) {
            case ENCODED_BODY -> Content.encodedBodies;
            default -> Content.binary;
        });
    }

    private String mediaType() {
        String type = contentType();
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
