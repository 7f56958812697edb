package dev.gatehouse.text.secret;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.GrowingText;
import java.util.List;
import java.util.Optional;
import java.util.Locale;

/**
 * Finds values assigned to names that speak of a secret, in the syntaxes of code, configuration, logs and command lines:
 * {@code name = "v"}, {@code "name": "v"}, {@code name: v}, {@code <name>v</name>}, {@code --name v}, {@code name is "v"}.
 * A password may be anything that is not a word, a reference or code; a token must look generated.
 */
final class AssignmentScan {

    private static final String NAME_TAIL = "_.-";
    private static final String CLOSERS = "\"'`])*\\ \t";
    private static final String OPENERS = " \t\"'`\\";
    private static final String QUOTES = "\"'`";
    private static final String VALUE_ENDS = "\"'`,;)}]<>&\\ \t\r\n";
    private static final int NAME_REACH = 32;
    private static final int VALUE_REACH = 512;
    private static final int GAP = 6;

    private final SecretDetector.Options options;

    AssignmentScan(SecretDetector.Options options) {
        this.options = options;
    }

    /** What stands assigned to the name that has a role word; the text notes whether it could still be something else. */
    Optional<Finding> at(GrowingText text, Spot role) {
        String category = RoleWords.isPassword(text.substring(role.start(), role.end()).toLowerCase(Locale.ROOT))
                ? "generic-password" : "generic-secret";
        boolean wanted = options.kinds().contains(SecretRule.Kind.GENERIC) && !options.disabled().contains(category);
        return wanted ? assigned(text, role, category) : Optional.empty();
    }

    /** Where the value starts, or would if the text went on with it. */
    static int valueStart(GrowingText text, Spot role) {
        int name = skipName(text, role.end());
        int gap = skip(text, name, CLOSERS, GAP);
        return skip(text, Math.max(separatorEnd(text, gap), gap), OPENERS, GAP);
    }

    private static Optional<Finding> assigned(GrowingText text, Spot role, String category) {
        int name = skipName(text, role.end());
        int gap = skip(text, name, CLOSERS, GAP);
        int separator = separatorEnd(text, gap);
        boolean flag = separator < 0 && gap > name && isFlag(text, role.start());
        if (separator < 0 && !flag && gap == name) {
            return Optional.empty();
        }
        int open = skip(text, Math.max(separator, gap), OPENERS, GAP);
        boolean quoted = open > 0 && QUOTES.indexOf(text.charAt(open - 1)) >= 0;
        int start = skipScheme(text, open);
        int end = valueEnd(text, start);
        String value = text.substring(start, end);
        boolean loose = separator < 0 && !flag;
        boolean secret = category.equals("generic-password")
                ? !loose && PasswordShape.isPassword(value, quoted) : TokenShape.isToken(value, loose);
        return secret ? Optional.of(new Finding("secret", category, quoted || !loose ? 0.5 : 0.4, start, end)) : Optional.empty();
    }

    private static int skipName(GrowingText text, int from) {
        int at = from;
        while (at < from + NAME_REACH && text.has(at)
                && (Character.isLetter(text.charAt(at)) || NAME_TAIL.indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    private static int skip(GrowingText text, int from, String characters, int most) {
        int at = from;
        while (at < from + most && text.has(at) && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** The end of {@code =}, {@code :}, {@code =>}, {@code :=}, {@code >} or {@code is}, or -1; a comparison is none. */
    private static int separatorEnd(GrowingText text, int at) {
        if (text.startsWith("==", at, false) || text.startsWith("::", at, false)) {
            return -1;
        }
        if (text.startsWith("=>", at, false) || text.startsWith(":=", at, false) || text.startsWith("is ", at, false)) {
            return at + 2;
        }
        return text.has(at) && "=:>,".indexOf(text.charAt(at)) >= 0 ? at + 1 : -1;
    }

    /** Whether the name that holds the role word begins with a hyphen, as command-line flags do. */
    private static boolean isFlag(GrowingText text, int roleStart) {
        int at = roleStart;
        while (at > 0 && at > roleStart - NAME_REACH && (Character.isLetterOrDigit(text.charAt(at - 1)) || text.charAt(at - 1) == '-')) {
            at--;
        }
        return at < roleStart && text.charAt(at) == '-';
    }

    private static int skipScheme(GrowingText text, int at) {
        for (String scheme : List.of("Bearer ", "bearer ", "Token ", "token ", "Basic ", "Apikey ")) {
            if (text.startsWith(scheme, at, false)) {
                return at + scheme.length();
            }
        }
        return at;
    }

    private static int valueEnd(GrowingText text, int start) {
        int at = start;
        while (at < start + VALUE_REACH && text.has(at) && VALUE_ENDS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
