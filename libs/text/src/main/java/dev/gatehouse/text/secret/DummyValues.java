package dev.gatehouse.text.secret;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Values that stand where a secret would be but are none: placeholders, references to variables, masked and sample values. */
final class DummyValues {

    private static final List<String> WORDS = List.of("example", "changeme", "change_me", "change-me", "placeholder", "your_", "your-",
            "yourapi", "yoursecret", "yourtoken", "yourkey", "yourpass", "my_secret", "mysecret", "my-secret", "_here", "-here", "dummy",
            "redacted", "sample", "notreal", "not-real", "not_real", "foobar", "removed", "replace", "insert", "<", ">", "${", "$(",
            "{{", "}}", "%(", "%s", "...", "xxxx", "****", "####", "____", "00000000", "process.env", "getenv", "environ");
    private static final Set<String> WHOLE = Set.of("password", "passwd", "pass", "pwd", "secret", "token", "user:password", "user:pass",
            "user:secret", "username:password", "admin:admin", "root:root", "user:pwd", "name:password", "foo:bar", "true", "false",
            "null", "none", "undefined", "string", "required", "optional");
    private static final int SHORT_CYCLE = 4;

    private DummyValues() {
    }

    /** Whether the value is a placeholder, a reference or a plain sequence. */
    static boolean isDummy(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return isReference(lower) || WORDS.stream().anyMatch(lower::contains)
                || WHOLE.contains(lower) || isSequence(lower) || repeats(lower);
    }

    /** {@code $name} or {@code {name}}. */
    private static boolean isReference(String value) {
        boolean braces = value.startsWith("{") && value.endsWith("}");
        String name = value.startsWith("$") ? value.substring(1) : braces ? value.substring(1, value.length() - 1) : "";
        return !name.isEmpty() && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }

    /** More than two thirds of the steps go up by one or stay: abcdef, 123456, aaaaaa. */
    private static boolean isSequence(String value) {
        int steps = 0;
        for (int i = 1; i < value.length(); i++) {
            int step = value.charAt(i) - value.charAt(i - 1);
            if (step == 1 || step == 0) {
                steps++;
            }
        }
        return steps * 3 > (value.length() - 1) * 2;
    }

    private static boolean repeats(String value) {
        for (int cycle = 1; cycle <= SHORT_CYCLE && cycle * 3 <= value.length(); cycle++) {
            if (value.regionMatches(cycle, value, 0, value.length() - cycle)) {
                return true;
            }
        }
        return false;
    }
}
