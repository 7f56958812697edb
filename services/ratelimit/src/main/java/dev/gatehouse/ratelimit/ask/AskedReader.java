package dev.gatehouse.ratelimit.ask;

import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Formats;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.coding.ContentCoding;
import dev.gatehouse.llm.coding.UndecodableBody;
import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.policy.limit.TokenRateLimitSpec;
import dev.gatehouse.policy.route.Attribution;
import dev.gatehouse.tokens.TokenCount;
import dev.gatehouse.tokens.TokenCounter;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads one request. What can be read in two ways is refused; what cannot be read at all is refused by a policy that fails closed, and
 * counted by its length by one that fails open.
 *
 * @param spec     the policy
 * @param counter  counts the input
 * @param identity who asks
 * @param way      where the request goes
 */
public record AskedReader(TokenRateLimitSpec spec, TokenCounter counter, Identity identity, Attribution way) {

    /** What a token of English takes, for bodies that are not read. */
    private static final int BYTES_PER_TOKEN = 4;
    private static final int MAX_DECODED_RATIO = 200;

    /**
     * @throws InterruptedException when the exchange ended meanwhile
     */
    public Reading read(Request request) throws InterruptedException {
        RequestHead head = request.head();
        if (Formats.uninspectable(head.method(), head.headers()).isPresent()) {
            return withoutModel(head, announced(head), TokenCount.ZERO, OutputBound.NONE);
        }
        Body body = request.body();
        return switch (body.extent()) {
            case WHOLE -> whole(head, body.bytes());
            case OVER_LIMIT, CUT_BY_HOST -> unread(head, Math.max(announced(head), body.bytes().length), 413, "incomplete_body",
                    "The request's body could not be read to its end, so its tokens cannot be counted");
            case NOT_SENT -> withoutModel(head, announced(head), TokenCount.ZERO, OutputBound.NONE);
        };
    }

    private Reading whole(RequestHead head, byte[] bytes) {
        if (bytes.length == 0) {
            return withoutModel(head, 0, TokenCount.ZERO, OutputBound.NONE);
        }
        String coding = String.join(",", head.headers().all("content-encoding"));
        try {
            byte[] plain = ContentCoding.decode(coding, bytes, spec.maxBodyBytes().bytes(), MAX_DECODED_RATIO);
            return plain(head, bytes.length, plain);
        } catch (UndecodableBody e) {
            return unread(head, bytes.length, 400, "unreadable_body", "The request's content-encoding cannot be undone, so its tokens cannot be counted");
        }
    }

    private Reading plain(RequestHead head, long sent, byte[] plain) {
        Optional<Format> known = Formats.recognise(head.method(), head.path(), head.headers().first("content-type").orElse(""));
        try {
            JsonDocument document = JsonDocument.parse(plain);
            Optional<Format> format = known.or(() -> Formats.byShape(document.root()));
            return format.isEmpty() ? withoutModel(head, sent, TokenCount.estimate(sent / BYTES_PER_TOKEN), OutputBound.NONE)
                    : read(head, sent, LlmRequest.of(format.get(), head.path(), document));
        } catch (MalformedJson e) {
            return known.isPresent() ? malformed(e) : withoutModel(head, sent, TokenCount.ZERO, OutputBound.NONE);
        }
    }

    private Reading read(RequestHead head, long sent, LlmRequest request) {
        String model = request.model().orElse("");
        boolean free = request.format() == Format.MCP || onlyCounts(head);
        TokenCount input = free ? TokenCount.ZERO : counter.input(request, model);
        OutputBound bound = free ? OutputBound.NONE : OutputBound.of(request);
        return new Reading.Read(new Asked(head, identity, way, Optional.of(request.format()), Optional.of(request), model, sent, input, bound));
    }

    /** Providers count tokens for free. */
    private static boolean onlyCounts(RequestHead head) {
        String path = head.pathOnly().toLowerCase(Locale.ROOT);
        return path.endsWith("count_tokens") || path.endsWith("count-tokens") || path.endsWith(":counttokens") || path.endsWith("responses/input_tokens");
    }

    /** Whichever of two readings the backend chose, a client could have its tokens charged to the other. */
    private static Reading malformed(MalformedJson e) {
        return new Reading.Unreadable(400, "malformed_json", e.getMessage());
    }

    private Reading unread(RequestHead head, long bytes, int status, String code, String message) {
        return spec.failureMode() == FailureMode.FailClosed ? new Reading.Unreadable(status, code, message)
                : withoutModel(head, bytes, TokenCount.estimate(bytes / BYTES_PER_TOKEN), OutputBound.UNKNOWN);
    }

    private Reading withoutModel(RequestHead head, long bytes, TokenCount input, OutputBound bound) {
        Optional<Format> format = Formats.recognise(head.method(), head.path(), head.headers().first("content-type").orElse(""));
        return new Reading.Read(new Asked(head, identity, way, format, Optional.empty(), "", bytes, input, bound));
    }

    private static long announced(RequestHead head) {
        return head.headers().first("content-length").filter(AskedReader::isNumber).map(Long::parseLong).orElse(0L);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 16 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
