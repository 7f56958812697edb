package dev.gatehouse.policy.guard;

import java.util.EnumSet;
import java.util.List;

/**
 * Which texts of a prompt a rule reads: those whose role and part are both listed.
 *
 * @param roles all when absent
 * @param parts when absent all but Reasoning: providers sign reasoning and refuse it when it comes back changed
 */
public record Reads(List<Role> roles, List<Part> parts) {

    /** Who speaks. Tool definitions count as System. */
    public enum Role { System, Developer, User, Assistant, Tool }

    /** What kind of text it is. */
    public enum Part { Text, ToolDefinitions, ToolCalls, ToolResults, Reasoning }

    /** What a rule reads that does not say. */
    public static final Reads DEFAULT = new Reads(List.of(), List.of());

    public Reads {
        roles = roles.isEmpty() ? List.of(Role.values()) : roles;
        parts = parts.isEmpty() ? List.copyOf(EnumSet.complementOf(EnumSet.of(Part.Reasoning))) : parts;
    }

    public boolean covers(Role role, Part part) {
        return roles.contains(role) && parts.contains(part);
    }
}
