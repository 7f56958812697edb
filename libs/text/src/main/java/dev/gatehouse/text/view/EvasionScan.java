package dev.gatehouse.text.view;

import dev.gatehouse.text.Detector;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.Overlaps;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Runs a detector over several readings of a text and places what it finds in the original. A reading equal to one already read is
 * skipped.
 *
 * @param detector what to run
 * @param kinds    the readings it is run over
 * @param settling what becomes of findings that overlap
 */
public record EvasionScan(Detector detector, Set<View.Kind> kinds, UnaryOperator<List<Finding>> settling) {

    public EvasionScan {
        kinds = Set.copyOf(kinds);
    }

    /**
     * Over the original, the canonical reading and every payload; not over the guesses (leet, ciphers), where data would be garbled.
     * Of overlapping findings the strongest stays.
     */
    public static EvasionScan ofData(Detector detector) {
        return new EvasionScan(detector, EnumSet.of(View.Kind.ORIGINAL, View.Kind.CANONICAL, View.Kind.TAGS,
                View.Kind.VARIATION_SELECTORS, View.Kind.BASE64, View.Kind.HEX, View.Kind.BINARY, View.Kind.REVERSED), Overlaps::strongest);
    }

    /** Over every reading. Overlapping findings of one category become one. */
    public static EvasionScan ofWords(Detector detector) {
        return new EvasionScan(detector, EnumSet.allOf(View.Kind.class), Overlaps::merged);
    }

    /** What was found, in the original's offsets, ordered by start. */
    public List<Finding> scan(InspectedText text) {
        List<Finding> found = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (View view : text.views()) {
            if (kinds.contains(view.kind()) && !read.contains(view.text())) {
                read.add(view.text());
                detector.scan(view.text()).forEach(finding -> found.add(view.original(finding)));
            }
        }
        return settling.apply(found);
    }
}
