package dev.gatehouse.guard.prompt;

import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.PlainText;
import dev.gatehouse.llm.Role;
import dev.gatehouse.llm.TextPart;
import dev.gatehouse.policy.guard.Reads;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One text to inspect.
 *
 * @param role who speaks; empty when not known, then every rule reads it
 * @param part what kind of text it is, in the words of policies
 * @param list the list of content parts that it stands in; texts of one list reach the model as one
 * @param place finds its {@link #path}
 * @param text the unescaped text
 */
public record Piece(Optional<Reads.Role> role, Reads.Part part, int list, Supplier<String> place, String text) {

    private static final int NO_LIST = -1;

    static Piece of(TextPart part) {
        return new Piece(role(part), part(part.kind()), part.list(), () -> path(part), part.text());
    }

    static Piece of(PlainText.Piece piece) {
        return new Piece(Optional.empty(), Reads.Part.Text, NO_LIST, () -> path(piece), piece.text());
    }

    /** A text that stands alone, as a user's. */
    public static Piece ofUser(String text) {
        return new Piece(Optional.of(Reads.Role.User), Reads.Part.Text, NO_LIST, () -> "", text);
    }

    /** Whether a rule that reads this much reads this text. */
    public boolean isReadBy(Reads reads) {
        return role.map(known -> reads.covers(known, part)).orElse(reads.parts().contains(part));
    }

    /** Whether it stands beside that text in a list of content parts, so that both reach the model as one. */
    public boolean continues(Piece before) {
        return list != NO_LIST && list == before.list && role.equals(before.role) && part == before.part;
    }

    /** JSON pointer of its string; where the text is JSON inside a string, {@code #} and the pointer in there follow. */
    public String path() {
        return place.get();
    }

    private static String path(TextPart part) {
        return part.innerPath().isEmpty() ? part.jsonPath() : part.jsonPath() + "#" + part.innerPath();
    }

    private static String path(PlainText.Piece piece) {
        return piece.line() == 0 ? piece.jsonPath() : "line " + piece.line() + ": " + piece.jsonPath();
    }

    private static Optional<Reads.Role> role(TextPart text) {
        return text.kind() == PartKind.TOOL_DEFINITION ? Optional.of(Reads.Role.System) : role(text.role());
    }

    private static Optional<Reads.Role> role(Role role) {
        return switch (role) {
            case SYSTEM -> Optional.of(Reads.Role.System);
            case DEVELOPER -> Optional.of(Reads.Role.Developer);
            case USER -> Optional.of(Reads.Role.User);
            case ASSISTANT -> Optional.of(Reads.Role.Assistant);
            case TOOL -> Optional.of(Reads.Role.Tool);
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Reads.Part part(PartKind kind) {
        return switch (kind) {
            case TEXT, REFUSAL, DOCUMENT, NAME, OTHER -> Reads.Part.Text;
            case REASONING -> Reads.Part.Reasoning;
            case TOOL_DEFINITION -> Reads.Part.ToolDefinitions;
            case TOOL_ARGUMENTS -> Reads.Part.ToolCalls;
            case TOOL_RESULT -> Reads.Part.ToolResults;
        };
    }

    /** Never shows the text. */
    @Override
    public String toString() {
        return "Piece[" + path() + "]";
    }
}
