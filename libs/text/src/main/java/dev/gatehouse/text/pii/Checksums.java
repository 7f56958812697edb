package dev.gatehouse.text.pii;

/** Check digits of the national numbers. Each takes the digits alone (ASCII, of the right count) and says whether they agree. */
final class Checksums {

    private static final byte[][] DIHEDRAL = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5}, {2, 3, 4, 0, 1, 7, 8, 9, 5, 6}, {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1}, {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}};
    private static final byte[][] PERMUTATION = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4}, {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
        {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1}, {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}};
    private static final int[] ABN = {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19};
    private static final int[] TFN8 = {10, 7, 8, 4, 6, 3, 5, 1};
    private static final int[] TFN9 = {1, 4, 3, 7, 5, 8, 6, 9, 10};
    private static final int[] NHS = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
    private static final int[] BSN = {9, 8, 7, 6, 5, 4, 3, 2, -1};
    private static final int[] PESEL = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};
    private static final int[] CPF = {11, 10, 9, 8, 7, 6, 5, 4, 3, 2};
    private static final int[] CNPJ = {6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2};

    private Checksums() {}

    /** Luhn, ISO/IEC 7812-1 annex B. */
    static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digit(digits, digits.length() - 1 - i);
            sum += i % 2 == 0 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9;
        }
        return sum % 10 == 0;
    }

    /** Verhoeff, Mathematical Centre Tracts 29 (1969). */
    static boolean verhoeff(String digits) {
        int check = 0;
        for (int i = 0; i < digits.length(); i++) {
            check = DIHEDRAL[check][PERMUTATION[i % 8][digit(digits, digits.length() - 1 - i)]];
        }
        return check == 0;
    }

    /** SSA: no area 000, 666 or 900 and up, no group 00, no serial 0000. Numbers known from advertisements are no one's. */
    static boolean ssn(String d) {
        boolean issued = d.charAt(0) != '9' && !d.startsWith("000") && !d.startsWith("666") && !d.startsWith("00", 3) && !d.endsWith("0000");
        return issued && !uniform(d) && !d.equals("078051120") && !d.equals("123456789");
    }

    /** IRS: 9xx, the fourth and fifth digits in the ranges assigned. */
    static boolean itin(String d) {
        int group = number(d, 3, 5);
        return d.charAt(0) == '9' && (group >= 50 && group <= 65 || group >= 70 && group <= 99 && group != 89 && group != 93);
    }

    static boolean nhs(String d) {
        return !uniform(d) && weighted(d, NHS) % 11 == 0;
    }

    static boolean sin(String d) {
        return !uniform(d) && luhn(d);
    }

    static boolean tfn(String d) {
        return !uniform(d) && weighted(d, d.length() == 8 ? TFN8 : TFN9) % 11 == 0;
    }

    /** Australian Business Register: one is taken off the first digit. */
    static boolean abn(String d) {
        return d.charAt(0) != '0' && (weighted(d, ABN) - ABN[0]) % 89 == 0;
    }

    /** UIDAI: never starts with 0 or 1, is no palindrome. */
    static boolean aadhaar(String d) {
        return d.charAt(0) >= '2' && !uniform(d) && verhoeff(d);
    }

    static boolean bsn(String d) {
        return !uniform(d) && weighted(d, BSN) % 11 == 0;
    }

    /** BZSt: ISO 7064 mod 11,10; among the first ten digits one occurs two or three times, so at least one is missing. */
    static boolean germanTaxId(String d) {
        int product = 10;
        int seen = 0;
        for (int i = 0; i < 10; i++) {
            int digit = digit(d, i);
            seen |= 1 << digit;
            int sum = (digit + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        int distinct = Integer.bitCount(seen);
        return d.charAt(0) != '0' && (distinct == 8 || distinct == 9) && (11 - product) % 10 == digit(d, 10);
    }

    /** The century is coded in the month: 1900s plain, 2000s plus 20, 2100s plus 40, 2200s plus 60, 1800s plus 80. */
    static boolean pesel(String d) {
        int month = number(d, 2, 4) % 20;
        int day = number(d, 4, 6);
        return month >= 1 && month <= 12 && day >= 1 && day <= 31 && weighted(d, PESEL) % 10 == 0;
    }

    static boolean cpf(String d) {
        return !uniform(d) && brazilian(d, CPF, 9) && brazilian(d, CPF, 10);
    }

    static boolean cnpj(String d) {
        return !uniform(d) && brazilian(d, CNPJ, 12) && brazilian(d, CNPJ, 13);
    }

    /** INSEE: sex, year, month (or 20 and up where unknown), place, order; the key is 97 less the number modulo 97; 2A is 19, 2B is 18. */
    static boolean nir(String id) {
        int month = number(id, 3, 5);
        if (month == 0 || month > 12 && month < 20 || id.charAt(0) != '1' && id.charAt(0) != '2') {
            return false;
        }
        String number = id.replace("2A", "19").replace("2B", "18");
        return 97 - Long.parseLong(number.substring(0, 13)) % 97 == number(number, 13, 15);
    }

    /** EAN-13, which an ISBN-13 is. */
    static boolean ean13(String d) {
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += digit(d, i) * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    /** Whether all digits are the same, as in a placeholder. */
    static boolean uniform(String d) {
        return d.chars().allMatch(c -> c == d.charAt(0));
    }

    private static boolean brazilian(String d, int[] weights, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += digit(d, i) * weights[weights.length - length + i];
        }
        int rest = sum % 11;
        return (rest < 2 ? 0 : 11 - rest) == digit(d, length);
    }

    private static int weighted(String d, int[] weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += digit(d, i) * weights[i];
        }
        return sum;
    }

    private static int number(String d, int from, int to) {
        return Integer.parseInt(d, from, to, 10);
    }

    private static int digit(String d, int index) {
        return d.charAt(index) - '0';
    }
}
