package dev.gatehouse.text.secret;

import dev.gatehouse.text.Finding;
import java.util.ArrayList;
import java.util.List;
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

    List<Finding> scan(String text, List<Spot> roles) {
        List<Finding> found = new ArrayList<>();
        if (options.kinds().contains(SecretRule.Kind.GENERIC)) {
            for (Spot role : roles) {
                String category = RoleWords.isPassword(text.substring(role.start(), role.end()).toLowerCase(Locale.ROOT))
                        ? "generic-password" : "generic-secret";
                if (!options.disabled().contains(category)) {
                    assigned(text, role, category, found);
                }
            }
        }
        return found;
    }

    private static void assigned(String text, Spot role, String category, List<Finding> found) {
        int name = skipName(text, role.end());
        int gap = skip(text, name, CLOSERS, GAP);
        int separator = separatorEnd(text, gap);
        boolean flag = separator < 0 && gap > name && isFlag(text, role.start());
        if (separator < 0 && !flag && gap == name) {
            return;
        }
        int open = skip(text, Math.max(separator, gap), OPENERS, GAP);
        boolean quoted = open > 0 && QUOTES.indexOf(text.charAt(open - 1)) >= 0;
        int start = skipScheme(text, open);
        int end = valueEnd(text, start);
        String value = text.substring(start, end);
        boolean loose = separator < 0 && !flag;
        boolean secret = category.equals("generic-password")
                ? !loose && PasswordShape.isPassword(value, quoted) : TokenShape.isToken(value, loose);
        if (secret) {
            found.add(new Finding("secret", category, quoted || !loose ? 0.5 : 0.4, start, end));
        }
    }

    private static int skipName(String text, int from) {
        int at = from;
        while (at < text.length() && at < from + NAME_REACH
                && (Character.isLetter(text.charAt(at)) || NAME_TAIL.indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    private static int skip(String text, int from, String characters, int most) {
        int at = from;
        while (at < text.length() && at < from + most && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** The end of {@code =}, {@code :}, {@code =>}, {@code :=}, {@code >} or {@code is}, or -1; a comparison is none. */
    private static int separatorEnd(String text, int at) {
        if (text.startsWith("==", at) || text.startsWith("::", at)) {
            return -1;
        }
        if (text.startsWith("=>", at) || text.startsWith(":=", at) || text.startsWith("is ", at)) {
            return at + 2;
        }
        return at < text.length() && "=:>,".indexOf(text.charAt(at)) >= 0 ? at + 1 : -1;
    }

    /** Whether the name that holds the role word begins with a hyphen, as command-line flags do. */
    private static boolean isFlag(String text, int roleStart) {
        int at = roleStart;
        while (at > 0 && at > roleStart - NAME_REACH && (Character.isLetterOrDigit(text.charAt(at - 1)) || text.charAt(at - 1) == '-')) {
            at--;
        }
        return at < roleStart && text.charAt(at) == '-';
    }

    private static int skipScheme(String text, int at) {
        for (String scheme : List.of("Bearer ", "bearer ", "Token ", "token ", "Basic ", "Apikey ")) {
            if (text.startsWith(scheme, at)) {
                return at + scheme.length();
            }
        }
        return at;
    }

    private static int valueEnd(String text, int start) {
        int at = start;
        while (at < text.length() && at < start + VALUE_REACH && VALUE_ENDS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
