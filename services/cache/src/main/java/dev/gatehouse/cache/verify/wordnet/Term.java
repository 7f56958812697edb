package dev.gatehouse.cache.verify.wordnet;

/**
 * A word with all that its forms can mean. Arrays are of numbers of meanings, and none is written to.
 *
 * @param rarity    0 (one of the most used words) to 16 (none of the 30,000 most used)
 * @param noun      whether it is mostly one
 * @param name      whether it is mostly the name of one thing: Kenya
 * @param thing     whether it can be a noun and is no adjective: search, but not light
 * @param meanings  its own
 * @param above     their hypernyms
 * @param wider     those, and theirs
 * @param kin       those of words derived from it, or near it
 * @param opposites those of its opposites
 */
public record Term(int rarity, boolean noun, boolean name, boolean thing, int[] meanings, int[] above, int[] wider, int[] kin, int[] opposites) {

    /** What one is to the other, in whatever order. */
    public Relation to(Term other) {
        if (meet(meanings, other.meanings)) {
            return Relation.SAME;
        } else if (meet(kin, other.meanings) || meet(meanings, other.kin)) {
            return Relation.KIN;
        } else if (meet(wider, other.meanings) || meet(meanings, other.wider)) {
            return Relation.WIDER;
        } else if (meet(opposites, other.meanings) || meet(meanings, other.opposites)) {
            return Relation.OPPOSITE;
        }
        return meet(above, other.above) ? Relation.SIBLING : Relation.OTHER;
    }

    private static boolean meet(int[] one, int[] other) {
        for (int number : one) {
            for (int candidate : other) {
                if (number == candidate) {
                    return true;
                }
            }
        }
        return false;
    }
}
