package dev.gatehouse.text.pii;

/** Payment card numbers: the networks' prefixes with the lengths they issue, and Luhn. */
final class Card {

    private Card() {}

    /** Whether the Luhn digit agrees; enough where a label says it is a card, as networks take up new prefixes. */
    static boolean checked(String digits) {
        return Checksums.luhn(digits) && !Checksums.uniform(digits);
    }

    /** Whether some network issues numbers of this prefix and length. */
    static boolean issued(String digits) {
        return network(Integer.parseInt(digits, 0, 6, 10), digits.length());
    }

    /** @param iin first six digits */
    private static boolean network(int iin, int length) {
        return switch (iin / 100_000) {
            case 1 -> iin / 100 == 1800 && length == 15;
            case 2 -> mastercardTwo(iin, length) || iin / 100 == 2131 && length == 15 || mir(iin, length);
            case 3 -> three(iin, length);
            case 4 -> length == 13 || length == 16 || length == 19;
            case 5 -> iin >= 510_000 && iin < 560_000 && length == 16 || maestro(iin, length);
            case 6 -> discover(iin, length) || unionPay(iin, length) || ruPay(iin, length) || maestro(iin, length);
            case 8 -> iin / 10_000 == 81 && length >= 16 || iin / 1_000 == 508 && length == 16;
            default -> false;
        };
    }

    private static boolean mastercardTwo(int iin, int length) {
        return iin >= 222_100 && iin <= 272_099 && length == 16;
    }

    private static boolean mir(int iin, int length) {
        return iin / 100 >= 2200 && iin / 100 <= 2204 && length >= 16;
    }

    /** American Express 34, 37; Diners 300-305, 309, 36, 38, 39; JCB 3528-3589. */
    private static boolean three(int iin, int length) {
        int two = iin / 10_000;
        boolean diners = two == 36 || two == 38 || two == 39 || two == 30 && (iin / 1_000 <= 305 || iin / 1_000 == 309);
        return switch (length) {
            case 14 -> diners;
            case 15 -> two == 34 || two == 37;
            case 16, 17, 18, 19 -> diners || iin / 100 >= 3528 && iin / 100 <= 3589;
            default -> false;
        };
    }

    private static boolean discover(int iin, int length) {
        boolean range = iin / 100 == 6011 || iin / 1_000 >= 644 && iin / 1_000 <= 659;
        return range && (length == 16 || length == 19);
    }

    private static boolean unionPay(int iin, int length) {
        return iin / 10_000 == 62 && length >= 16;
    }

    private static boolean ruPay(int iin, int length) {
        return iin / 10_000 == 60 && length == 16;
    }

    private static boolean maestro(int iin, int length) {
        int four = iin / 100;
        return four == 5018 || four == 5020 || four == 5038 || four == 5893 || four == 6304 || four == 6390
            || four == 6759 || four >= 6761 && four <= 6763 || iin / 10_000 >= 56 && iin / 10_000 <= 58;
    }
}
