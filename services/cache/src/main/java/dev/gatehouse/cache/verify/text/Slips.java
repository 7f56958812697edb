package dev.gatehouse.cache.verify.text;

/** Words with two letters swapped: the slip that is made most often, and that can be undone without a doubt. */
final class Slips {

    private static final int SHORTEST = 4;
    private static final int LONGEST = 20;
    // A rare word is as likely to be a name that the dictionary lacks.
    private static final int RAREST = 13;

    private Slips() {}

    /** The word that is meant, where it is none itself and one swap makes it a common one. */
    static String corrected(String word) {
        if (word.length() < SHORTEST || word.length() > LONGEST || !isPlain(word) || isKnown(word)) {
            return word;
        }
        for (int i = 0; i + 1 < word.length(); i++) {
            String swapped = word.substring(0, i) + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2);
            if (isCommon(swapped)) {
                return swapped;
            }
        }
        return word;
    }

    private static boolean isPlain(String word) {
        return word.chars().allMatch(sign -> sign >= 'a' && sign <= 'z');
    }

    private static boolean isKnown(String word) {
        return Tokens.isFunction(word) || Dictionary.knows(word);
    }

    private static boolean isCommon(String word) {
        return Tokens.isFunction(word) || Dictionary.find(word).filter(term -> term.rarity() <= RAREST && !term.name()).isPresent();
    }
}
