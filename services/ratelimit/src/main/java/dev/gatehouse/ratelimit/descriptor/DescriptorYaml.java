package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.envoy.ratelimit.config.DescriptorConfig;
import dev.gatehouse.envoy.ratelimit.config.DomainConfig;
import dev.gatehouse.envoy.ratelimit.config.LimitConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads envoyproxy/ratelimit's configuration files. As there, a key that is none of the format's is refused, one of the format's in
 * the wrong place is ignored, and a scalar that stands where a text is wanted is that text as written.
 */
final class DescriptorYaml {

    private static final int MAX_CODE_POINTS = 16 << 20;
    private static final int MAX_DEPTH = 100;
    private static final Set<String> KEYS = Set.of("domain", "key", "value", "descriptors", "rate_limit", "unit", "requests_per_unit",
            "unlimited", "shadow_mode", "quota_mode", "name", "replaces", "detailed_metric", "value_to_metric", "share_threshold", "metadata");

    private final String source;

    private DescriptorYaml(String source) {
        this.source = source;
    }

    /**
     * @param source names the file in messages
     * @throws InvalidConfig for what is no such file
     */
    static DomainConfig read(String source, String text) {
        return new DescriptorYaml(source).domain(parse(source, text));
    }

    private static Object parse(String source, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        options.setNestingDepthLimit(MAX_DEPTH);
        try {
            return new Yaml(new Scalars(options)).load(text);
        } catch (YAMLException e) {
            throw new InvalidConfig(source, "error loading config file: " + e.getMessage());
        }
    }

    private DomainConfig domain(Object root) {
        Map<String, Object> fields = root == null ? Map.of() : map("the file", root);
        checkKeys(fields);
        return new DomainConfig(source, text(fields, "domain"), list(fields, "descriptors", this::descriptor));
    }

    private void checkKeys(Map<String, Object> fields) {
        fields.forEach((name, value) -> {
            if (!KEYS.contains(name)) {
                throw new InvalidConfig(source, "config error, unknown key '" + name + "'");
            }
            if (name.equals("metadata")) {
                return;
            }
            if (value instanceof Map<?, ?>) {
                checkKeys(map(name, value));
            }
            if (value instanceof List<?> list) {
                list.forEach(element -> checkKeys(listed(element)));
            }
        });
    }

    private Map<String, Object> listed(Object element) {
        if (!(element instanceof Map<?, ?>)) {
            throw new InvalidConfig(source, "config error, yaml file contains list of type other than map");
        }
        return map("", element);
    }

    private DescriptorConfig descriptor(Map<String, Object> fields) {
        return new DescriptorConfig(
                text(fields, "key"),
                text(fields, "value"),
                Optional.ofNullable(fields.get("rate_limit")).map(limit -> limit(map("rate_limit", limit))),
                list(fields, "descriptors", this::descriptor),
                flag(fields, "shadow_mode"),
                flag(fields, "quota_mode"),
                flag(fields, "detailed_metric"),
                flag(fields, "value_to_metric"),
                flag(fields, "share_threshold"),
                fields.get("metadata") == null ? Map.of() : metadata(map("metadata", fields.get("metadata"))));
    }

    private LimitConfig limit(Map<String, Object> fields) {
        return new LimitConfig(
                requests(fields.get("requests_per_unit")),
                text(fields, "unit"),
                flag(fields, "unlimited"),
                text(fields, "name"),
                list(fields, "replaces", replaced -> text(replaced, "name")));
    }

    private long requests(Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof Scalar(String _, Number number) && number.longValue() == number.doubleValue()
                && number.longValue() >= 0 && number.longValue() < 1L << 32) {
            return number.longValue();
        }
        throw new InvalidConfig(source, "requests_per_unit must be a whole number of 0 to 4294967295");
    }

    private boolean flag(Map<String, Object> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            return false;
        }
        if (value instanceof Scalar(String _, Boolean flag)) {
            return flag;
        }
        throw new InvalidConfig(source, name + " must be true or false");
    }

    private String text(Map<String, Object> fields, String name) {
        return switch (fields.get(name)) {
            case null -> "";
            case String text -> text;
            case Scalar scalar -> scalar.text();
            default -> throw new InvalidConfig(source, name + " must be a text");
        };
    }

    private <T> List<T> list(Map<String, Object> fields, String name, Function<Map<String, Object>, T> read) {
        return switch (fields.get(name)) {
            case null -> List.of();
            case List<?> list -> list.stream().map(this::listed).map(read).toList();
            default -> throw new InvalidConfig(source, name + " must be a list");
        };
    }

    private Map<String, Object> map(String name, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new InvalidConfig(source, name + " must be a map");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((key, field) -> fields.put(key instanceof String text ? text : notText(), field));
        return fields;
    }

    private String notText() {
        throw new InvalidConfig(source, "config error, key is not of type string");
    }

    private Map<String, Object> metadata(Map<String, Object> fields) {
        Map<String, Object> plain = new LinkedHashMap<>();
        fields.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private Object plain(Object value) {
        return switch (value) {
            case null -> "";
            case Scalar scalar -> scalar.value();
            case Map<?, ?> map -> metadata(map("metadata", map));
            case List<?> list -> list.stream().map(this::plain).toList();
            default -> value;
        };
    }

    /** A number or truth value, and how it was written. */
    private record Scalar(String text, Object value) {}

    private static final class Scalars extends SafeConstructor {
        Scalars(LoaderOptions options) {
            super(options);
            keepText(Tag.INT, new ConstructYamlInt());
            keepText(Tag.FLOAT, new ConstructYamlFloat());
            keepText(Tag.BOOL, new ConstructYamlBool());
            keepText(Tag.TIMESTAMP, new ConstructYamlStr());
        }

        private void keepText(Tag tag, AbstractConstruct construct) {
            yamlConstructors.put(tag, new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return new Scalar(((ScalarNode) node).getValue(), construct.construct(node));
                }
            });
        }
    }
}
