package dev.gatehouse.text.secret;

import java.util.List;
import java.util.stream.Stream;

/** Words that say that a value is a secret, as they occur in names of variables, fields, flags and headers. */
final class RoleWords {

    private static final List<String> PASSWORDS = List.of("password", "passwd", "passphrase", "pwd", "pass");
    private static final List<String> TOKENS = List.of("secret", "private", "access", "key", "token", "auth", "credential", "bearer");
    private static final List<String> ALL = Stream.of(PASSWORDS, TOKENS).flatMap(List::stream).toList();

    private RoleWords() {
    }

    static List<String> all() {
        return ALL;
    }

    /** Whether the word names a password, which a person may have chosen, rather than a generated token. */
    static boolean isPassword(String word) {
        return PASSWORDS.contains(word);
    }
}
