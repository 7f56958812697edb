package dev.gatehouse.text.command;

import dev.gatehouse.text.pattern.CategoryRules;
import dev.gatehouse.text.pattern.PatternList;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.Set;

/**
 * Finds commands and code that do harm when they are run. A finding's detector is {@code command}; its category one of
 * {@link #categories()}. It tells a form, not a purpose: what deletes a build folder and what deletes a disk differ by their paths only.
 * Immutable.
 */
public final class DangerousCommands implements StreamingDetector {

    private static final CategoryRules RULES = CategoryRules.resource(DangerousCommands.class, "commands.rules");

    private final PatternList patterns;

    /**
     * @param categories those to look for; all where none is named
     * @throws IllegalArgumentException naming a category that is not known
     */
    public DangerousCommands(Set<String> categories) {
        patterns = new PatternList("command", RULES.only(categories).patterns());
    }

    /** The categories there are. */
    public static Set<String> categories() {
        return RULES.categories();
    }

    @Override
    public DetectorStream open() {
        return patterns.open();
    }
}
