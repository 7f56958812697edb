package dev.gatehouse.text.pattern;

/** A user's pattern does not compile. The message names the pattern by name and position and says why. */
public final class InvalidPattern extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final int index;

    InvalidPattern(int index, String name, String reason) {
        super("pattern " + name + " (number " + (index + 1) + "): " + reason);
        this.index = index;
    }

    /** Position in the list, from 0. */
    public int index() {
        return index;
    }
}
