package dev.gatehouse.text.view;

import java.util.List;

/**
 * A text under inspection. Its readings are made when first asked for and then shared by all detectors and rules. Thread-safe.
 */
public final class InspectedText {

    private final String original;
    private final Bounds bounds;
    private TextViews views;

    private InspectedText(String original, Bounds bounds) {
        this.original = original;
        this.bounds = bounds;
    }

    /** A text within the default bounds. */
    public static InspectedText of(String text) {
        return of(text, Bounds.DEFAULT);
    }

    /** A text within the given bounds. */
    public static InspectedText of(String text, Bounds bounds) {
        return new InspectedText(text, bounds);
    }

    public String original() {
        return original;
    }

    /** All readings, the original first, the canonical second. */
    public List<View> views() {
        return readings().views();
    }

    public View canonical() {
        return readings().canonical();
    }

    /** Whether everything encoded was decoded; false means "not fully scanned". */
    public boolean complete() {
        return readings().complete();
    }

    private synchronized TextViews readings() {
        if (views == null) {
            views = TextViews.of(original, bounds);
        }
        return views;
    }

    /** Shows the length, never the text. */
    @Override
    public String toString() {
        return "InspectedText[" + original.length() + " chars]";
    }
}
