package dev.gatehouse.llm.synthetic;

import java.security.SecureRandom;

/** Makes ids of answers. */
@FunctionalInterface
public interface Ids {

    /** Another one, 24 letters and digits: providers' ids are such with a prefix. */
    String next();

    /** Ids that nobody can guess. Thread-safe. */
    static Ids random() {
        String signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        SecureRandom random = new SecureRandom();
        return () -> random.ints(24, 0, signs.length()).collect(StringBuilder::new, (id, at) -> id.append(signs.charAt(at)), StringBuilder::append).toString();
    }
}
