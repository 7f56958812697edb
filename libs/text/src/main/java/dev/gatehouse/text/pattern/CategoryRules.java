package dev.gatehouse.text.pattern;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Patterns by category, from a file: a line each, of category, score (0 to 1), longest match in characters and RE2 pattern, parted by blanks;
 * empty lines and those that begin with {@code #} are ignored. Immutable.
 */
public record CategoryRules(List<UserPattern> patterns) {

    public CategoryRules {
        patterns = List.copyOf(patterns);
    }

    /** @throws IllegalArgumentException naming the line that does not read */
    public static CategoryRules resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name);
             BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<UserPattern> patterns = new ArrayList<>();
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    patterns.add(pattern(name + ":" + number, line.strip().split("\\s+", 4)));
                }
            }
            return new CategoryRules(patterns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the order of the file. */
    public Set<String> categories() {
        Set<String> categories = new LinkedHashSet<>();
        patterns.forEach(pattern -> categories.add(pattern.name()));
        return categories;
    }

    /**
     * Those of some categories; all where none is named.
     *
     * @throws IllegalArgumentException naming a category that is not known
     */
    public CategoryRules only(Set<String> wanted) {
        wanted.stream().filter(category -> !categories().contains(category)).findFirst().ifPresent(unknown -> {
            throw new IllegalArgumentException("unknown category " + unknown + "; known are " + String.join(", ", categories()));
        });
        return wanted.isEmpty() ? this : new CategoryRules(patterns.stream().filter(pattern -> wanted.contains(pattern.name())).toList());
    }

    private static UserPattern pattern(String place, String[] parts) {
        if (parts.length < 4) {
            throw new IllegalArgumentException(place + ": a line is category, score, length and pattern");
        }
        return new UserPattern(parts[0], "(?i)" + parts[3], 0, Double.parseDouble(parts[1]), Integer.parseInt(parts[2]));
    }
}
