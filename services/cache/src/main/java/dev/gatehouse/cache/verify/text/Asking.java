package dev.gatehouse.cache.verify.text;

import java.util.Set;

/** Words that ask. */
final class Asking {

    static final Set<String> WORDS = Set.of("who", "whom", "whose", "what", "which", "where", "when", "why", "how");

    private Asking() {}
}
