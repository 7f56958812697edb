package dev.gatehouse.cache.ask;

import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.Role;
import dev.gatehouse.llm.TextPart;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The user's last turn, which is the question: the texts that stand after all that others have said. Documents in it are no part of the
 * question, but of what it is asked about.
 *
 * @param parts  its texts
 * @param before how many messages stand before it
 */
record LastTurn(List<TextPart> parts, int before) {

    /** Empty where the conversation does not end with a text of the user. */
    static Optional<LastTurn> of(LlmRequest request) {
        JsonValue said = conversation(request);
        List<TextPart> turn = new ArrayList<>();
        for (TextPart part : request.parts()) {
            boolean counts = part.kind() != PartKind.NAME && part.string().start() >= said.start() && part.string().end() <= said.end();
            if (counts && isQuestion(part)) {
                turn.add(part);
            } else if (counts && part.kind() != PartKind.DOCUMENT) {
                turn.clear();
            }
        }
        return turn.isEmpty() ? Optional.empty() : Optional.of(new LastTurn(List.copyOf(turn), messagesBefore(said, turn.getFirst())));
    }

    /** Its texts, one on a line: as {@code libs/embedding} selects them. */
    String text() {
        return parts.stream().map(TextPart::text).collect(Collectors.joining("\n"));
    }

    private static boolean isQuestion(TextPart part) {
        return part.kind() == PartKind.TEXT && (part.role() == Role.USER || part.role() == Role.UNKNOWN);
    }

    /** The value that holds what was said; settings of the same body are no part of it. */
    private static JsonValue conversation(LlmRequest request) {
        String name = switch (request.format()) {
            case OPENAI_COMPLETIONS -> "prompt";
            case OPENAI_RESPONSES -> "input";
            case GEMINI_GENERATE -> "contents";
            default -> "messages";
        };
        JsonValue said = request.root().get(name);
        return said.is(Kind.MISSING) ? request.root() : said;
    }

    private static int messagesBefore(JsonValue said, TextPart first) {
        int before = 0;
        for (JsonValue message : said.elements()) {
            before += message.end() <= first.string().start() ? 1 : 0;
        }
        return before;
    }
}
