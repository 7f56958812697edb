package dev.gatehouse.embedding;

import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.Role;
import dev.gatehouse.llm.TextPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which text of a request is embedded. A turn of the user is all that stands between two texts of others (the model, the system, tools),
 * its parts one on a line. System texts, tools and history are no part of it: who compares vectors must compare those by other means.
 */
public enum TextSelection {

    /** The user's last turn. */
    LAST_USER("LastUser", 1),
    /** The user's last turn and the one before it, in the order in which they were said. */
    LAST_TWO("LastTwo", 2);

    private static final Set<PartKind> SAID = Set.of(PartKind.TEXT, PartKind.DOCUMENT, PartKind.OTHER);

    private final String word;
    private final int turns;

    TextSelection(String word, int turns) {
        this.word = word;
        this.turns = turns;
    }

    /** As the metadata spells it. */
    public String word() {
        return word;
    }

    public static Optional<TextSelection> of(String word) {
        return Arrays.stream(values()).filter(selection -> selection.word.equals(word)).findFirst();
    }

    /** The text; empty where the user has said nothing. */
    public String from(LlmRequest request) {
        List<String> said = turns(request.parts());
        return String.join("\n", said.subList(Math.max(0, said.size() - turns), said.size()));
    }

    private static List<String> turns(List<TextPart> parts) {
        List<String> turns = new ArrayList<>();
        List<TextPart> turn = new ArrayList<>();
        for (TextPart part : parts) {
            if (isUsers(part)) {
                turn.add(part);
            } else if (!turn.isEmpty() && SAID.contains(part.kind())) {
                turns.add(text(turn));
                turn.clear();
            }
        }
        if (!turn.isEmpty()) {
            turns.add(text(turn));
        }
        return turns;
    }

    private static boolean isUsers(TextPart part) {
        return (part.role() == Role.USER || part.role() == Role.UNKNOWN) && SAID.contains(part.kind());
    }

    private static String text(List<TextPart> turn) {
        return turn.stream().map(TextPart::text).collect(Collectors.joining("\n"));
    }
}
