package dev.gatehouse.cache.verify.wordnet;

/** What one word is to another, the nearest relation that any of their meanings have. */
public enum Relation {
    /** They have a meaning in common. */ SAME,
    /** One is derived from the other, or nearly means it. */ KIN,
    /** One is a kind of the other: a jet is an aircraft. */ WIDER,
    /** They are opposites. */ OPPOSITE,
    /** They are of one kind, as zinc and iron. */ SIBLING,
    /** Both are known, and nothing of the above. */ OTHER,
    /** One of them is in no dictionary: a name, a slip. */ UNKNOWN;

    /** Whether one may stand for the other in a question that asks the same. */
    public boolean explains() {
        return compareTo(WIDER) <= 0;
    }
}
