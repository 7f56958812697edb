package dev.gatehouse.cache.ask;

import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.Unread;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.policy.cache.Attachments;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What of a prompt is no text: bytes that stand in it are as good as text to compare, what is only named is not. */
final class Contents {

    private static final Set<String> BYTES = Set.of("data", "file_data", "bytes");
    private static final String DATA_URL = "data:";

    private Contents() {}

    /** Why the request is not cached, if so. */
    static Optional<Reason> reasonNot(LlmRequest request, Attachments attachments) {
        Optional<Reason> worst = Optional.empty();
        for (Unread unread : request.unread()) {
            Optional<Reason> reason = reasonNot(unread, attachments);
            worst = worst.isPresent() ? worst : reason;
        }
        return worst;
    }

    private static Optional<Reason> reasonNot(Unread unread, Attachments attachments) {
        return switch (unread.kind()) {
            case STORED_TEXT -> Optional.of(Reason.stored_state);
            case IMAGE, FILE, AUDIO, VIDEO -> attachments == Attachments.Cache && isThere(unread.value()) ? Optional.empty() : Optional.of(Reason.attachments);
            default -> Optional.of(Reason.unreadable_content);
        };
    }

    /** Whether its bytes stand in the prompt, and nothing in it points elsewhere. */
    private static boolean isThere(JsonValue value) {
        boolean bytes = false;
        String name = "";
        for (JsonValue word : value.stringsAndKeys()) {
            if (word.is(JsonValue.Kind.KEY)) {
                name = word.text();
            } else if (isDataUrl(word.raw()) || BYTES.contains(name)) {
                bytes = true;
            } else if (word.raw().contains("://") || word.raw().contains(":\\/\\/") || name.toLowerCase(Locale.ROOT).endsWith("id")) {
                return false;
            }
        }
        return bytes;
    }

    private static boolean isDataUrl(String raw) {
        return raw.regionMatches(true, 0, DATA_URL, 0, DATA_URL.length());
    }
}
