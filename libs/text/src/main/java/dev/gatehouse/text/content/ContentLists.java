package dev.gatehouse.text.content;

import dev.gatehouse.text.pattern.CategoryRules;
import dev.gatehouse.text.pattern.PatternList;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.Set;

/**
 * Finds harmful content by words and phrases. A finding's detector is {@code content}, its category one of {@link #categories()}; 0.8 and up
 * is said of what hardly any harmless text has. Lists know no context: a quotation or a warning is found like a threat, and harm in
 * harmless words is not found. Immutable.
 */
public final class ContentLists implements StreamingDetector {

    private static final CategoryRules RULES = CategoryRules.resource(ContentLists.class, "content.rules");

    private final PatternList patterns;

    /**
     * @param categories those to look for; all where none is named
     * @throws IllegalArgumentException naming a category that is not known
     */
    public ContentLists(Set<String> categories) {
        patterns = new PatternList("content", RULES.only(categories).patterns());
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
