package dev.gatehouse.text.signature;

import com.google.re2j.Pattern;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules as written.
 *
 * <pre>
 * class NAME = word stem* two_words ...        words of a class, alternatives; repeated lines add to the class
 * rule ID CATEGORY SCORE = ^ @class 3 word|other @class     a sequence; a number is the gap allowed before the next place
 * rule ID CATEGORY SCORE ~ 4 @a @b @c          the places in any order, at most 4 words between neighbours
 * match ID CATEGORY SCORE = literal pattern    an RE2 pattern tried where the literal occurs; spaces are written \s or \x20
 * </pre>
 *
 * Several {@code rule} lines may share an id: any of them is a match. {@code ^} wants the start of a sentence.
 */
final class RuleFile {

    private final Map<String, List<String>> classes = new LinkedHashMap<>();
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final List<PatternRule> patterns = new ArrayList<>();

    /** Reads the rules that come with this library. */
    static RuleFile bundled() {
        try (InputStream in = RuleFile.class.getResourceAsStream("signatures.rules");
             BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return parse(lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RuleFile parse(List<String> lines) {
        RuleFile file = new RuleFile();
        for (int i = 0; i < lines.size(); i++) {
            try {
                file.read(lines.get(i).strip());
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("rule file, line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return file;
    }

    /** Words of each class, by name. */
    Map<String, List<String>> classes() {
        return classes;
    }

    List<Rule> rules() {
        return List.copyOf(rules.values());
    }

    List<PatternRule> patterns() {
        return patterns;
    }

    private void read(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String[] words = line.split("\\s+");
        switch (words[0]) {
            case "class" -> addClass(words);
            case "rule" -> addRule(words);
            case "match" -> addMatch(words);
            default -> throw new IllegalArgumentException("neither class, rule nor match");
        }
    }

    private void addClass(String[] words) {
        classes.computeIfAbsent(words[1], name -> new ArrayList<>()).addAll(Arrays.asList(words).subList(3, words.length));
    }

    private void addRule(String[] words) {
        List<String> places = Arrays.asList(words).subList(5, words.length);
        List<Rule.Sequence> sequences = words[4].equals("~") ? anyOrder(places) : List.of(sequence(places));
        Rule known = rules.get(words[1]);
        List<Rule.Sequence> all = new ArrayList<>(known == null ? List.of() : known.sequences());
        all.addAll(sequences);
        rules.put(words[1], new Rule(words[1], words[2], Double.parseDouble(words[3]), List.copyOf(all)));
    }

    private void addMatch(String[] words) {
        if (words.length != 7) {
            throw new IllegalArgumentException("a match has a literal and a pattern");
        }
        Rule rule = new Rule(words[1], words[2], Double.parseDouble(words[3]), List.of());
        patterns.add(new PatternRule(rule, words[5].replace("\\s", " "), Pattern.compile("(?i)" + words[6])));
    }

    private Rule.Sequence sequence(List<String> places) {
        boolean opens = places.getFirst().equals("^");
        List<Rule.Slot> slots = new ArrayList<>();
        int gap = 0;
        for (String place : opens ? places.subList(1, places.size()) : places) {
            if (Character.isDigit(place.charAt(0)) && place.length() <= 2) {
                gap = Integer.parseInt(place);
            } else {
                slots.add(new Rule.Slot(classOf(place), gap));
                gap = 0;
            }
        }
        return new Rule.Sequence(opens, List.copyOf(slots));
    }

    private List<Rule.Sequence> anyOrder(List<String> places) {
        int gap = Integer.parseInt(places.getFirst());
        List<String> classNames = places.subList(1, places.size()).stream().map(this::classOf).toList();
        return orders(classNames).stream()
                .map(order -> new Rule.Sequence(false, order.stream().map(name -> new Rule.Slot(name, gap)).toList())).toList();
    }

    private static List<List<String>> orders(List<String> names) {
        if (names.size() < 2) {
            return List.of(names);
        }
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<String> rest = new ArrayList<>(names);
            String first = rest.remove(i);
            for (List<String> tail : orders(rest)) {
                List<String> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }

    /** A named class, or one made of the alternatives written in place, which may name classes too. */
    private String classOf(String place) {
        if (!place.contains("|") && place.startsWith("@")) {
            members(place);
            return place.substring(1);
        }
        classes.computeIfAbsent("=" + place, name -> Arrays.stream(place.split("\\|")).flatMap(this::members).toList());
        return "=" + place;
    }

    private Stream<String> members(String alternative) {
        if (!alternative.startsWith("@")) {
            return Stream.of(alternative);
        }
        List<String> members = classes.get(alternative.substring(1));
        if (members == null) {
            throw new IllegalArgumentException("no class " + alternative);
        }
        return members.stream();
    }
}
