package dev.gatehouse.policy.guard;

import java.util.EnumSet;
import java.util.List;

/**
 * Which texts of a prompt a rule reads: those whose role and part are both listed.
 *
 * @param roles all when absent
 * @param parts all when absent; for Mask all but Reasoning: providers sign reasoning and refuse it when it comes back changed
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
    }

    /** With the parts that a rule of this action reads where none are listed. */
    Reads forAction(RuleAction action) {
        EnumSet<Part> all = action == RuleAction.Mask ? EnumSet.complementOf(EnumSet.of(Part.Reasoning)) : EnumSet.allOf(Part.class);
        return parts.isEmpty() ? new Reads(roles, List.copyOf(all)) : this;
    }

    public boolean covers(Role role, Part part) {
        return roles.contains(role) && parts.contains(part);
    }
}
