package dev.gatehouse.text.view;

/** Reads digits and symbols as the letters they resemble. The digit one reads as {@code i}; where an l was meant, the reader must see it. */
final class Leet {

    private static final String SIGNS = "0134567892@$!|+";
    private static final String LETTERS = "oieasbtbgzasiit";

    private Leet() {
    }

    static MappedText read(MappedText source) {
        StringBuilder letters = new StringBuilder(source.text());
        for (int i = 0; i < letters.length(); i++) {
            int sign = SIGNS.indexOf(letters.charAt(i));
            if (sign >= 0) {
                letters.setCharAt(i, LETTERS.charAt(sign));
            }
        }
        return new MappedText(letters.toString(), source.map());
    }
}
