package dev.gatehouse.text.secret;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads rule files; the README beside the standard pack describes the format. */
final class RulePackReader {

    private static final Map<String, String> CLASSES = Map.of("<hex>", "[0-9a-fA-F]", "<low>", "[0-9a-z]", "<up>", "[0-9A-Z]",
            "<an>", "[0-9A-Za-z]", "<url>", "[0-9A-Za-z_-]", "<b64>", "[0-9A-Za-z+/]",
            "<uuid>", "[0-9A-Za-z]{8}-(?:[0-9A-Za-z]{4}-){3}[0-9A-Za-z]{12}");
    private static final Set<String> ATTRIBUTES = Set.of("prefix", "inside", "near", "value", "before", "within", "role", "needs", "reach",
            "entropy", "score", "check", "kind", "case");
    private static final String SPACE = "\\x20";
    private static final int BEFORE = 64;
    private static final int WITHIN = 72;
    private static final int REACH = 256;

    private RulePackReader() {
    }

    /**
     * All rules of one file.
     *
     * @throws IllegalArgumentException naming file and line of the first rule that does not read
     */
    static List<SecretRule> read(String file, Reader source) throws IOException {
        List<SecretRule> rules = new ArrayList<>();
        BufferedReader lines = new BufferedReader(source);
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
            if (!line.isBlank() && !line.startsWith("#")) {
                rules.add(rule(file + ":" + number, line.strip()));
            }
        }
        return rules;
    }

    private static SecretRule rule(String place, String line) {
        try {
            return rule(line);
        } catch (IllegalArgumentException | PatternSyntaxException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
    }

    /** {@code id "description" name=value ...} */
    private static SecretRule rule(String line) {
        int open = line.indexOf('"');
        int close = line.indexOf('"', open + 1);
        Map<String, String> attributes = attributes(line.substring(close + 1).strip());
        SecretRule.Kind kind = SecretRule.Kind.valueOf(attributes.getOrDefault("kind", "provider").toUpperCase(Locale.ROOT));
        Anchor anchor = anchor(attributes);
        return new SecretRule(line.substring(0, open).strip(), line.substring(open + 1, close), kind, anchor, pattern(attributes),
                attributes.getOrDefault("needs", ""),
                Integer.parseInt(attributes.getOrDefault("reach", Integer.toString(REACH))),
                Double.parseDouble(attributes.getOrDefault("entropy", Double.toString(entropy(anchor)))),
                Double.parseDouble(attributes.getOrDefault("score", Double.toString(score(anchor, kind)))), checks(attributes));
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String attribute : text.split("\\s+")) {
            int equals = attribute.indexOf('=');
            String name = attribute.substring(0, equals);
            if (!ATTRIBUTES.contains(name) || attributes.put(name, attribute.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("unknown or repeated attribute " + name);
            }
        }
        return attributes;
    }

    private static Anchor anchor(Map<String, String> attributes) {
        if (attributes.containsKey("prefix")) {
            return new Anchor.Prefix(words(attributes.get("prefix")));
        }
        if (attributes.containsKey("inside")) {
            return new Anchor.Inside(words(attributes.get("inside")), number(attributes, "before", BEFORE));
        }
        if (attributes.containsKey("near")) {
            return new Anchor.Near(words(attributes.get("near")), number(attributes, "within", WITHIN),
                    !"no".equals(attributes.get("role")));
        }
        throw new IllegalArgumentException("one of prefix, inside and near is needed");
    }

    private static List<String> words(String list) {
        return Stream.of(list.replace(SPACE, " ").split(",")).toList();
    }

    private static int number(Map<String, String> attributes, String name, int otherwise) {
        return attributes.containsKey(name) ? Integer.parseInt(attributes.get(name)) : otherwise;
    }

    private static Pattern pattern(Map<String, String> attributes) {
        String value = attributes.get("value");
        if (value == null) {
            throw new IllegalArgumentException("value is missing");
        }
        for (Map.Entry<String, String> named : CLASSES.entrySet()) {
            value = value.replace(named.getKey(), named.getValue());
        }
        return Pattern.compile(value, "any".equals(attributes.get("case")) ? Pattern.CASE_INSENSITIVE : 0);
    }

    private static double entropy(Anchor anchor) {
        return anchor instanceof Anchor.Near ? 2.5 : 2;
    }

    private static double score(Anchor anchor, SecretRule.Kind kind) {
        if (kind != SecretRule.Kind.PROVIDER) {
            return 0.5;
        }
        return anchor instanceof Anchor.Near ? 0.8 : 0.95;
    }

    private static Set<TokenCheck> checks(Map<String, String> attributes) {
        String names = attributes.getOrDefault("check", "");
        return Stream.of(TokenCheck.values()).filter(check -> words(names).contains(check.key())).collect(Collectors.toSet());
    }
}
