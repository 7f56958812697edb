package dev.gatehouse.cache.verify.text;

import java.util.Arrays;

/** Whether two words are one, written differently. */
final class Spelling {

    private Spelling() {}

    /** A slip, or two spellings of one word; two words of the dictionary that mean nothing alike are neither. */
    static boolean isSlip(Word one, Word other) {
        boolean near = isMisspelt(one.stem(), other.stem()) || isMisspelt(one.lower(), other.lower()) || isShuffled(one.lower(), other.lower());
        return near && (one.term().isEmpty() || other.term().isEmpty() || Dictionary.between(one, other).explains());
    }

    /** The same letters in another order. */
    private static boolean isShuffled(String one, String other) {
        boolean candidates = one.length() == other.length() && one.length() > 5 && !one.equals(other);
        return candidates && one.chars().sum() == other.chars().sum() && Arrays.equals(one.chars().sorted().toArray(), other.chars().sorted().toArray());
    }

    /** One edit, or two neighbours changed, in a word of five letters and more that is no number. */
    private static boolean isMisspelt(String one, String other) {
        if (one.length() < 4 || other.length() < 4 || Math.abs(one.length() - other.length()) > 1 || Character.isDigit(one.charAt(0)) || Character.isDigit(other.charAt(0))) {
            return false;
        }
        int start = 0;
        while (start < Math.min(one.length(), other.length()) && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < Math.min(one.length(), other.length()) - start && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        int restOne = one.length() - start - end;
        int restOther = other.length() - start - end;
        boolean swapped = restOne == 2 && restOther == 2 && one.charAt(start) == other.charAt(start + 1) && one.charAt(start + 1) == other.charAt(start);
        return swapped || Math.max(restOne, restOther) <= 1 && Math.max(one.length(), other.length()) >= 5;
    }

    /** German and Germany, electric and electricity. */
    static boolean isKin(String one, String other) {
        int shared = 0;
        while (shared < Math.min(one.length(), other.length()) && one.charAt(shared) == other.charAt(shared)) {
            shared++;
        }
        return shared >= 5 && Math.max(one.length(), other.length()) - shared <= 3;
    }
}
