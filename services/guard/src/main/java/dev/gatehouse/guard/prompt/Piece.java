package dev.gatehouse.guard.prompt;

import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.PlainText;
import dev.gatehouse.llm.Role;
import dev.gatehouse.llm.TextPart;
import dev.gatehouse.policy.guard.Reads;
import java.util.Optional;

/**
 * One text to inspect.
 *
 * @param role who speaks; empty when not known, then every rule reads it
 * @param part what kind of text it is, in the words of policies
 * @param path JSON pointer of its string; where the text is JSON inside a string, {@code #} and the pointer in there follow
 * @param text the unescaped text
 */
public record Piece(Optional<Reads.Role> role, Reads.Part part, String path, String text) {

    static Piece of(TextPart part) {
        String inner = part.innerPath().isEmpty() ? "" : "#" + part.innerPath();
        return new Piece(role(part), part(part.kind()), part.jsonPath() + inner, part.text());
    }

    static Piece of(PlainText.Piece piece) {
        String line = piece.line() == 0 ? "" : "line " + piece.line() + ": ";
        return new Piece(Optional.empty(), Reads.Part.Text, line + piece.jsonPath(), piece.text());
    }

    /** A text that stands alone, as a user's. */
    public static Piece ofUser(String text) {
        return new Piece(Optional.of(Reads.Role.User), Reads.Part.Text, "", text);
    }

    /** Whether a rule that reads this much reads this text. */
    public boolean isReadBy(Reads reads) {
        return role.map(known -> reads.covers(known, part)).orElse(reads.parts().contains(part));
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
        return "Piece[" + path + "]";
    }
}
