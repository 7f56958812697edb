package dev.gatehouse.guard.prompt;

import dev.gatehouse.guard.inspect.Objection;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.PlainText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as far as it could be read.
 *
 * @param request    the typed view; empty when there is no body, or none in a known format
 * @param pieces     its texts, in the order of the body
 * @param rewrite    makes the body with some texts replaced
 * @param objections what could not be read, with what the policy says to it
 * @param decoded    whether the body came under a content encoding that was undone
 */
public record Prompt(Optional<LlmRequest> request, List<Piece> pieces, Rewrite rewrite, List<Objection> objections, boolean decoded) {

    /** The body with these pieces' texts replaced, every other byte as it came. */
    @FunctionalInterface
    public interface Rewrite {
        byte[] replacing(Map<Piece, String> replacements);
    }

    private static final Rewrite NOTHING = replacements -> new byte[0];
    private static final Prompt EMPTY = new Prompt(Optional.empty(), List.of(), NOTHING, List.of(), false);

    static Prompt empty() {
        return EMPTY;
    }

    /** A text that stands alone. */
    public static Prompt ofText(String text) {
        return new Prompt(Optional.empty(), List.of(Piece.ofUser(text)), NOTHING, List.of(), false);
    }

    static Prompt unread(Objection objection) {
        return new Prompt(Optional.empty(), List.of(), NOTHING, List.of(objection), false);
    }

    static Prompt of(LlmRequest request, List<Objection> objections, boolean decoded) {
        List<Piece> pieces = request.parts().stream().map(Piece::of).toList();
        Rewrite rewrite = replacements -> request.replacing(byPart(request.parts(), pieces, replacements));
        return new Prompt(Optional.of(request), pieces, rewrite, objections, decoded);
    }

    static Prompt of(PlainText body, boolean decoded) {
        List<Piece> pieces = body.pieces().stream().map(Piece::of).toList();
        Rewrite rewrite = replacements -> body.replacing(byPart(body.pieces(), pieces, replacements));
        return new Prompt(Optional.empty(), pieces, rewrite, List.of(), decoded);
    }

    private static <T> Map<T, String> byPart(List<T> parts, List<Piece> pieces, Map<Piece, String> replacements) {
        Map<T, String> changes = HashMap.newHashMap(replacements.size());
        for (int i = 0; i < parts.size(); i++) {
            String replacement = replacements.get(pieces.get(i));
            if (replacement != null) {
                changes.put(parts.get(i), replacement);
            }
        }
        return changes;
    }
}
