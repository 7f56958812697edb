package dev.gatehouse.text.exfiltration;

import dev.gatehouse.text.leak.SystemPromptLeak;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an address carries: words of the request, also encoded, or text that looks encoded. Immutable. */
final class Cargo {

    private static final int WORDS = 4;
    private static final int SHORTEST_MARK = 10;
    private static final int SHORTEST_ENCODED = 12;
    private static final int SHORTEST_MEASURED = 24;

    private final Optional<SystemPromptLeak> prompt;
    private final Set<String> marks = new HashSet<>();
    private final double maxEntropy;

    Cargo(Optional<String> promptText, double maxEntropy) {
        prompt = promptText.map(text -> new SystemPromptLeak(text, WORDS));
        promptText.ifPresent(this::mark);
        this.maxEntropy = maxEntropy;
    }

    /** Whether it carries words of the request: four in a row, or one that is long and has digits. */
    boolean carriesPrompt(String rest) {
        if (prompt.isEmpty()) {
            return false;
        }
        String plain = Address.decoded(rest.replace('+', ' '));
        if (tells(plain)) {
            return true;
        }
        for (String part : Address.decoded(rest).split("[^0-9A-Za-z+_-]+")) {
            if (part.length() >= SHORTEST_ENCODED && decoded(part).filter(this::tells).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a part of path, query or fragment has more bits a character than words have. */
    boolean looksEncoded(String rest) {
        for (String part : Address.decoded(rest).split("[/?&#=;,.]+")) {
            if (part.length() >= SHORTEST_MEASURED && entropy(part) > maxEntropy) {
                return true;
            }
        }
        return false;
    }

    private boolean tells(String text) {
        if (!prompt.orElseThrow().scan(text).isEmpty()) {
            return true;
        }
        for (String word : words(text)) {
            if (marks.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private void mark(String text) {
        for (String word : words(text)) {
            if (word.length() >= SHORTEST_MARK && word.chars().anyMatch(Character::isDigit)) {
                marks.add(word);
            }
        }
    }

    private static String[] words(String text) {
        return text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}@._-]+");
    }

    private static Optional<String> decoded(String part) {
        try {
            boolean hex = part.length() % 2 == 0 && part.chars().allMatch(c -> Character.digit(c, 16) >= 0);
            byte[] bytes = hex ? HexFormat.of().parseHex(part)
                    : Base64.getDecoder().decode(part.replace('-', '+').replace('_', '/'));
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }

    private static double entropy(String text) {
        int[] counts = new int[128];
        text.chars().forEach(c -> counts[Math.min(c, 127)]++);
        double bits = 0;
        for (int count : counts) {
            double share = (double) count / text.length();
            bits -= count == 0 ? 0 : share * Math.log(share) / Math.log(2);
        }
        return bits;
    }
}
