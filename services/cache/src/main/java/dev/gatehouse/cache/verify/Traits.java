package dev.gatehouse.cache.verify;

import java.util.Arrays;

/** Hashes of the words in which two questions differ, alone and in pairs. They name no word and show none. */
public final class Traits {

    /** None are known. */
    public static final Traits NONE = new Traits(new int[0]);

    private final int[] hashes;

    private Traits(int[] hashes) {
        this.hashes = hashes;
    }

    /** @param hashes of no order that matters */
    public static Traits of(int... hashes) {
        return new Traits(hashes.clone());
    }

    public int size() {
        return hashes.length;
    }

    public int hash(int index) {
        return hashes[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Traits traits && Arrays.equals(hashes, traits.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }

    @Override
    public String toString() {
        return "Traits[" + hashes.length + "]";
    }
}
