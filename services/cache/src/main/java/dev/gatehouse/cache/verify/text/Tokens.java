package dev.gatehouse.cache.verify.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts a question into its words, numbers, quotations and signs. One pass. */
final class Tokens {

    private static final Set<String> FUNCTION = Set.of(("a an the this that these those there here it its it's he she they them their his her my mine your yours our "
            + "ours me us i you we who's what's whats i'm im i've i'd is are was were be been being am do does did done doing have has had having will would shall should "
            + "can could may might must to of in on at by for with about as into onto from up than then so and or but if because while when where which who whom whose "
            + "what why how also just too very much many more most some any all each every both either own same such only again once out off over under through during "
            + "please kindly tell show give explain describe know want need like get let's let say says said way ways thing things help hi hello hey thanks thank ok okay "
            + "possible permitted allowed able using use used via step steps instructions guide mean means exactly really actually currently ever still already now one "
            + "go going went come comes happen happens happened find see look looking ask asking question wondering wonder something anything someone anyone there's that's "
            + "um umm uh er sorry rather wait no not never don't doesn't didn't isn't aren't wasn't won't can't cannot couldn't shouldn't wouldn't without").split(" "));

    /** Function words that name something with a capital. */
    private static final Set<String> OTHER_WITH_A_CAPITAL = Set.of("Go", "US", "IT", "WHO", "May", "Will");
    /** Of these the verbs: what stands where no verb can is a name ("in go", "in may"), however it is written. */
    private static final Set<String> NAMES_AND_VERBS = Set.of("go", "may", "will");
    private static final Set<String> BEFORE_NO_VERB = Set.of("in", "with", "using", "for");
    private static final List<String> CONTRACTED = List.of("n't", "'ve", "'re", "'ll", "'d", "'m");
    private static final Set<String> GREETINGS = Set.of("hi", "hey", "hello", "please", "thanks", "ok", "okay", "so", "well");
    private static final Set<String> AGES = Set.of("minut", "hour", "day", "week", "month", "year");

    final List<Word> words = new ArrayList<>();
    final List<String> numbers = new ArrayList<>();
    final List<String> quotations = new ArrayList<>();
    final List<String> signs = new ArrayList<>();
    private final String text;
    private int at;
    private boolean sentenceStart = true;

    private Tokens(String text) {
        this.text = text;
    }

    static Tokens of(String text) {
        Tokens tokens = new Tokens(text.replace('\u2019', '\''));
        while (tokens.at < tokens.text.length()) {
            tokens.next();
        }
        return tokens;
    }

    static boolean isFunction(String lower) {
        return FUNCTION.contains(lower) || isContraction(lower);
    }

    /** "hasn't", "they've". */
    private static boolean isContraction(String lower) {
        return CONTRACTED.stream().anyMatch(lower::endsWith);
    }

    /** Words that say what the question is about. */
    List<Word> content() {
        return words.stream().filter(Word::content).toList();
    }

    private void next() {
        char sign = text.charAt(at);
        if (Character.isLetterOrDigit(sign)) {
            word();
        } else if (isOpening(sign)) {
            quotation(sign);
        } else {
            sign(sign);
            at++;
        }
    }

    private void word() {
        int end = at;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || isInner(end))) {
            end++;
        }
        String word = text.substring(at, end);
        String lower = word.toLowerCase(Locale.ROOT);
        String number = Numbers.of(lower);
        if (number != null) {
            numbers.add(signed(withoutUnit(number)));
        }
        if (isAge(lower)) {
            age();
        } else if (lower.equals("cent") && !words.isEmpty() && words.getLast().lower().equals("per")) {
            words.set(words.size() - 1, new Word("percent", Stems.of("percent"), true, false));
        } else {
            words.add(number == null ? word(word, Slips.corrected(lower), end) : new Word(lower, number, true, false));
        }
        sentenceStart = false;
        at = end;
    }

    private Word word(String written, String lower, int end) {
        boolean capital = Character.isUpperCase(written.charAt(0)) && !sentenceStart;
        boolean other = OTHER_WITH_A_CAPITAL.contains(written) && (capital || isHeading(end)) || isNoVerb(lower);
        boolean function = isFunction(lower) && !other;
        return new Word(lower, Stems.of(lower), !function, other || capital && !function);
    }

    /** "Go: sorting a list" names what all the rest is about. */
    private boolean isHeading(int end) {
        return end < text.length() && text.charAt(end) == ':';
    }

    private boolean isNoVerb(String lower) {
        return NAMES_AND_VERBS.contains(lower) && !words.isEmpty() && BEFORE_NO_VERB.contains(words.getLast().lower());
    }

    /** {@code 5kg} is 5, and {@code 2FA} is two of something; {@code v1.2} stays as it is. */
    private static String withoutUnit(String number) {
        int digits = 0;
        while (digits < number.length() && (Character.isDigit(number.charAt(digits)) || ".,:/".indexOf(number.charAt(digits)) >= 0)) {
            digits++;
        }
        return digits == 0 ? number : number.substring(0, digits);
    }

    /** "three days old" says how long, not that something is old. */
    private boolean isAge(String lower) {
        return lower.equals("old") && !words.isEmpty() && AGES.contains(words.getLast().stem());
    }

    /** "more than three days old" is older than three days. */
    private void age() {
        List<String> before = words.subList(Math.max(0, words.size() - 4), words.size()).stream().map(Word::lower).toList();
        if (before.contains("more") || before.contains("over")) {
            words.add(new Word("older", "older", true, false));
        } else if (before.contains("less") || before.contains("under")) {
            words.add(new Word("newer", "newer", true, false));
        }
    }

    /** {@code -3} is another number than 3, where the sign is no hyphen. */
    private String signed(String number) {
        boolean negative = at > 0 && text.charAt(at - 1) == '-' && (at == 1 || text.charAt(at - 2) == ' ') && Character.isDigit(number.charAt(0));
        return negative ? "-" + number : number;
    }

    private boolean isInner(int index) {
        char sign = text.charAt(index);
        boolean between = index + 1 < text.length() && Character.isLetterOrDigit(text.charAt(index + 1)) && index > at;
        boolean digits = between && Character.isDigit(text.charAt(index - 1)) && Character.isDigit(text.charAt(index + 1));
        return between && sign == '\'' || digits && (sign == '.' || sign == ',' || sign == ':' || sign == '/');
    }

    private boolean isOpening(char sign) {
        boolean afterWord = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
        return "\"\u201C\u201E\u00AB`".indexOf(sign) >= 0 || (sign == '\'' || sign == '\u2018') && !afterWord;
    }

    private void quotation(char opening) {
        char closing = switch (opening) {
            case '\u201C', '\u201E' -> '\u201D';
            case '\u00AB' -> '\u00BB';
            case '\u2018' -> '\'';
            default -> opening;
        };
        int end = text.indexOf(closing, at + 1);
        if (end > at + 1 && end - at < 400) {
            quotations.add(text.substring(at + 1, end).strip().toLowerCase(Locale.ROOT));
        }
        at++;
    }

    private void sign(char sign) {
        if (".?!:\n".indexOf(sign) >= 0 || sign == ',' && words.size() == 1 && GREETINGS.contains(words.getFirst().lower())) {
            sentenceStart = true;
        } else if ("+*/=<>%&|^~#@$\\{}[]_\u20AC\u00A3-".indexOf(sign) >= 0 && !isHyphen(sign)) {
            signs.add(String.valueOf(sign));
        }
    }

    private boolean isHyphen(char sign) {
        boolean between = at > 0 && at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at - 1)) && Character.isLetterOrDigit(text.charAt(at + 1));
        return (sign == '-' || sign == '/' || sign == '_') && between && Character.isLetter(text.charAt(at - 1));
    }
}
