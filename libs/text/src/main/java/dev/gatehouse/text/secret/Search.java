package dev.gatehouse.text.secret;

import dev.gatehouse.text.Finding;
import java.util.List;

/** One rule at work in one growing text, from its first keyword on. */
interface Search {

    /** A keyword of the rule has occurred. */
    void keyword(Spot spot);

    /** A role word has occurred. */
    default void role(Spot role) {
    }

    /** Reads what has come and adds what is certain. */
    void read(List<Finding> found);

    /** Whatever is added later starts here or after. */
    int settled();

    /** The first index that may be looked at again. */
    int needed();

    /** Whether nothing is open, so that the search may be dropped until the next keyword. */
    boolean isIdle();
}
