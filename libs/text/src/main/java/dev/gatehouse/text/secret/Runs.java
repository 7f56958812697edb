package dev.gatehouse.text.secret;

/** The characters that tokens are made of. */
final class Runs {

    private Runs() {
    }

    /** Whether tokens of unknown make may have the character. */
    static boolean isTokenCharacter(char c) {
        return Edges.isAlphanumeric(c) || "_-+/=.~%!".indexOf(c) >= 0;
    }
}
