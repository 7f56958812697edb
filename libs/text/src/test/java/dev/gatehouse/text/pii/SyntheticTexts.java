package dev.gatehouse.text.pii;

import dev.gatehouse.text.pii.Scoreboard.Gold;
import dev.gatehouse.text.pii.Scoreboard.Marked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Texts made from a fixed seed: valid values of every entity, in the groupings people write, within sentences of ten languages, JSON,
 * SQL, CSV and logs; and texts with numbers that are no personal data. In a sentence, {@code {}} is the value.
 */
final class SyntheticTexts {

    private static final String LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
    private static final List<String> FRAMES = List.of("%s", "Hi! %s Thanks.", "Please summarise the following note:\n\n%s", "- %s", "> %s",
        "User wrote: \"%s\" What should I answer?", "%s\n\nKind regards\nAnna");
    private static final Map<Entity, List<String>> SENTENCES = SyntheticSentences.byEntity();

    private static final long SEED = 20_261_124;
    private static final int EACH_ENTITY = 60;
    private static final int EACH_NEGATIVE = 20;

    private final Random random;

    /** The texts that are measured: always the same. */
    static List<Marked> all() {
        SyntheticTexts texts = new SyntheticTexts(SEED);
        List<Marked> all = new ArrayList<>(texts.positives(EACH_ENTITY));
        all.addAll(texts.negatives(EACH_NEGATIVE));
        return all;
    }

    SyntheticTexts(long seed) {
        this.random = new Random(seed);
    }

    /** The same number of texts for each entity that has sentences. */
    List<Marked> positives(int each) {
        List<Marked> texts = new ArrayList<>();
        SENTENCES.forEach((entity, sentences) -> {
            for (int i = 0; i < each; i++) {
                texts.add(positive(entity, sentences.get(i % sentences.size())));
            }
        });
        return texts;
    }

    List<Marked> negatives(int each) {
        List<Marked> texts = new ArrayList<>();
        for (String sentence : SyntheticSentences.negatives()) {
            for (int i = 0; i < each; i++) {
                texts.add(new Marked(pick(FRAMES).formatted(fill(sentence)), List.of()));
            }
        }
        return texts;
    }

    private Marked positive(Entity entity, String sentence) {
        String value = value(entity);
        String frame = pick(FRAMES);
        String text = frame.formatted(sentence.replace("{}", "\u0001"));
        int start = text.indexOf('\u0001');
        return new Marked(text.replace("\u0001", value), List.of(new Gold(entity.name(), start, start + value.length())));
    }

    private String value(Entity entity) {
        return switch (entity) {
            case EMAIL -> letters(6).toLowerCase() + pick(List.of(".", "_", "+", "-")) + letters(4).toLowerCase() + "@" + letters(7).toLowerCase()
                + pick(List.of(".com", ".de", ".co.uk", ".org.br", ".pl", ".io"));
            case PHONE -> fill(pick(SyntheticSentences.phones()));
            case CREDIT_CARD -> card();
            case IBAN -> iban();
            case US_SSN -> layout(valid("#########", Checksums::ssn), "3 2 4", "-");
            case US_ITIN -> layout(valid("9########", Checksums::itin), "3 2 4", "-");
            case UK_NHS -> layout(valid("##########", Checksums::nhs), "3 3 4", pick(List.of(" ", "-", "")));
            case UK_NINO -> layout("" + letterOf("ACEHJLMPRSWXY") + letterOf("ABCEHJLMPRSTWXY") + digits(6) + letterOf("ABCD"), "2 2 2 2 1", pick(List.of(" ", "")));
            case CA_SIN -> layout(valid("#########", Checksums::sin), "3 3 3", pick(List.of(" ", "-", "")));
            case AU_TFN -> layout(valid("#########", Checksums::tfn), "3 3 3", pick(List.of(" ", "")));
            case AU_ABN -> layout(valid("###########", Checksums::abn), "2 3 3 3", pick(List.of(" ", "")));
            case IN_AADHAAR -> layout(valid("############", Checksums::aadhaar), "4 4 4", pick(List.of(" ", "-", "")));
            case IN_PAN -> letters(3) + letterOf("ABCFGHJLPT") + letters(1) + "1" + digits(3) + letters(1);
            case ES_NIF -> nif();
            case IT_CODICE_FISCALE -> codiceFiscale();
            case DE_TAX_ID -> layout(valid("###########", Checksums::germanTaxId), "2 3 3 3", pick(List.of(" ", "")));
            case FR_NIR -> layout(valid("1##############", Checksums::nir), "1 2 2 2 3 3 2", pick(List.of(" ", "")));
            case PL_PESEL -> valid("###########", Checksums::pesel);
            case NL_BSN -> layout(valid("#########", Checksums::bsn), "4 2 3", pick(List.of(".", "")));
            case BR_CPF -> cpf();
            case BR_CNPJ -> cnpj();
            case PASSPORT -> fill(pick(List.of("#########", "@########", "@@#######", "@@######", "@@@######", "##@@#####", "C01X00T47")));
            case DRIVER_LICENSE -> fill(pick(List.of("@#######", "#########", "@###-####-####", "@@#######@", "@@@@@#####", "###########", "@@########")));
            case IP_ADDRESS -> pick(List.<Supplier<String>>of(() -> ip(), () -> fill("2a02:908:1##0:c0::77f#"), () -> fill("2###:db1:8#a3:1a2b:#:8a2e:370:73#4"))).get();
            case MAC_ADDRESS -> mac();
            case CRYPTO -> pick(SyntheticSentences.wallets());
            case DATE_OF_BIRTH -> date();
            case MEDICAL_RECORD -> fill(pick(List.of("########", "MR-######", "######", "H#######", "##-##-##")));
        };
    }

    private String card() {
        String pattern = pick(List.of("4###############", "51##############", "55##############", "2221############", "37#############", "34#############",
            "6011############", "3530############", "36############", "62##############"));
        String digits = valid(pattern, Checksums::luhn);
        String layout = digits.length() == 16 ? "4 4 4 4" : digits.length() == 15 ? "4 6 5" : "4 6 4";
        return layout(digits, layout, pick(List.of(" ", "-", "")));
    }

    private String iban() {
        String bban = pick(List.of("DE##################", "ES####################", "FR##########@@@@#########", "GBABNA##############", "IT@######################",
            "NLINGB##########", "PL########################", "PT#####################", "BR#######################@1", "CH###########@####@", "BE############"));
        String body = fill(bban.substring(2));
        String country = bban.substring(0, 2);
        int rest = new java.math.BigInteger(numeric(body + country + "00")).mod(java.math.BigInteger.valueOf(97)).intValue();
        String iban = country + String.format("%02d", 98 - rest) + body;
        return random.nextBoolean() ? iban : iban.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private static String numeric(String text) {
        StringBuilder numeric = new StringBuilder();
        text.chars().forEach(c -> numeric.append(Character.digit(c, 36)));
        return numeric.toString();
    }

    private String nif() {
        String digits = digits(8);
        if (random.nextBoolean()) {
            String letter = "" + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(digits) % 23);
            return pick(List.of(digits + letter, digits + "-" + letter, layout(digits, "2 3 3", ".") + "-" + letter));
        }
        int prefix = random.nextInt(3);
        String number = digits.substring(1);
        String letter = "" + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(prefix + number) % 23);
        return "XYZ".charAt(prefix) + pick(List.of(number + letter, "-" + number + "-" + letter));
    }

    private String codiceFiscale() {
        String head = fill("@@@@@@##") + letterOf("ABCDEHLMPRST") + "1" + fill("#@###");
        int[] odd = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = Character.digit(head.charAt(i), 36) - (Character.isLetter(head.charAt(i)) ? 10 : 0);
            sum += i % 2 == 0 ? odd[value] : value;
        }
        return head + (char) ('A' + sum % 26);
    }

    private String cpf() {
        String digits = valid("###########", Checksums::cpf);
        return random.nextBoolean() ? digits : layout(digits.substring(0, 9), "3 3 3", ".") + "-" + digits.substring(9);
    }

    private String cnpj() {
        String d = valid("########0001##", Checksums::cnpj);
        return random.nextBoolean() ? d : layout(d.substring(0, 8), "2 3 3", ".") + "/" + d.substring(8, 12) + "-" + d.substring(12);
    }

    private String ip() {
        return (30 + random.nextInt(69)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(1, 255);
    }

    private String mac() {
        String hex = String.format("%012x", random.nextLong() & 0xFFFFFFFFFFFFL);
        return switch (random.nextInt(4)) {
            case 0 -> layout(hex, "2 2 2 2 2 2", ":");
            case 1 -> layout(hex.toUpperCase(), "2 2 2 2 2 2", ":");
            case 2 -> layout(hex.toUpperCase(), "2 2 2 2 2 2", "-");
            default -> layout(hex, "4 4 4", ".");
        };
    }

    private String date() {
        int year = 1935 + random.nextInt(75);
        int month = 1 + random.nextInt(12);
        int day = 1 + random.nextInt(28);
        return switch (random.nextInt(6)) {
            case 0 -> String.format("%d-%02d-%02d", year, month, day);
            case 1 -> String.format("%02d/%02d/%d", day, month, year);
            case 2 -> String.format("%d.%d.%d", day, month, year);
            case 3 -> String.format("%02d/%02d/%02d", month, day, year % 100);
            case 4 -> pick(List.of("January", "March", "Sept", "November")) + " " + day + ", " + year;
            default -> day + pick(List.of(" de marzo de ", ". März ", " août ", " lipca ", " maggio ", " mei ", " de outubro de ", " June ")) + year;
        };
    }

    /** Digits for {@code #} until the check agrees. */
    private String valid(String pattern, Predicate<String> check) {
        String digits = fill(pattern);
        while (!check.test(digits)) {
            digits = fill(pattern);
        }
        return digits;
    }

    private static String layout(String value, String lengths, String separator) {
        StringBuilder text = new StringBuilder();
        int index = 0;
        for (String length : lengths.split(" ")) {
            text.append(index > 0 ? separator : "").append(value, index, index + Integer.parseInt(length));
            index += Integer.parseInt(length);
        }
        return text.toString();
    }

    /** A digit for each {@code #}, a capital for each {@code @}. */
    private String fill(String pattern) {
        StringBuilder text = new StringBuilder();
        pattern.chars().forEach(c -> text.append(c == '#' ? (char) ('0' + random.nextInt(10)) : c == '@' ? letterOf(LETTERS) : (char) c));
        return text.toString();
    }

    private String digits(int count) {
        return fill("#".repeat(count));
    }

    private String letters(int count) {
        return fill("@".repeat(count));
    }

    private char letterOf(String letters) {
        return letters.charAt(random.nextInt(letters.length()));
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
