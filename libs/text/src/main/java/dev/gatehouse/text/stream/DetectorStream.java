package dev.gatehouse.text.stream;

import dev.gatehouse.text.Finding;
import java.util.List;

/**
 * One detector over one growing text. Whatever the way in which the text is cut into deltas, down to single UTF-16 units and inside
 * surrogate pairs, the findings are the same. Memory is bounded, time linear in the text. Not thread-safe.
 */
public interface DetectorStream {

    /** More of the text; an empty delta is no error. Not after {@link #end()}. */
    Progress feed(CharSequence delta);

    /** No more text comes: whatever is still open is decided. Called once. */
    Progress end();

    /**
     * What is known now.
     *
     * @param findings those that became final since the last call, each given once; offsets are UTF-16 units from the text's start
     * @param settled  offset up to which all is said: a finding given later starts here or after. Never falls. At the end the text's length
     */
    record Progress(List<Finding> findings, int settled) {

        public Progress {
            findings = List.copyOf(findings);
        }
    }
}
