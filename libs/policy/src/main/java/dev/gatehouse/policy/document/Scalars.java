package dev.gatehouse.policy.document;

import com.google.re2j.Pattern;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What a scalar is by the core schema of YAML 1.2 (section 10.3): {@code yes} and {@code on} are strings there. */
final class Scalars {

    /** The kinds of scalars. */
    enum Kind { NULL, BOOLEAN, INTEGER, FLOAT, STRING }

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> BOOLEANS = Set.of("true", "True", "TRUE", "false", "False", "FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private Scalars() {}

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && kind(scalar) == Kind.NULL;
    }

    static Kind kind(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return Kind.STRING;
        } else if (NULLS.contains(text)) {
            return Kind.NULL;
        } else if (BOOLEANS.contains(text)) {
            return Kind.BOOLEAN;
        } else if (INTEGER.matches(text)) {
            return Kind.INTEGER;
        }
        return FLOAT.matches(text) ? Kind.FLOAT : Kind.STRING;
    }
}
