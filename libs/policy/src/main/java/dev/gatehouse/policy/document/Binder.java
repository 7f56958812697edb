package dev.gatehouse.policy.document;

import com.google.re2j.Pattern;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a node tree into records by their components: String, boolean, int, long, double (and their boxes), BigDecimal, enums by name,
 * {@link Duration}, {@link Instant}, {@link ByteSize}, records, and List, Map and Optional of those. What is absent or null becomes
 * an empty List, Map or Optional, else null: the record's compact constructor gives defaults and refuses what cannot be.
 */
final class Binder {

    private static final int MAX_DECIMAL_LENGTH = 30;
    private static final Pattern DECIMAL = Pattern.compile("[^eE]+([eE][-+]?[0-9]{1,2})?");

    private final Document document;
    private final Consumer<Fault> onUnknownField;

    Binder(Document document, Consumer<Fault> onUnknownField) {
        this.document = document;
        this.onUnknownField = onUnknownField;
    }

    <R> R bindRecord(Node node, Class<R> type, String path) {
        Map<String, Node> members = members(node, path);
        RecordComponent[] components = type.getRecordComponents();
        reportUnknown(members, components, path);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            values[i] = bindMember(members.get(name), components[i].getGenericType(), join(path, name));
        }
        return construct(node, type, components, values, path);
    }

    private void reportUnknown(Map<String, Node> members, RecordComponent[] components, String path) {
        List<String> known = Arrays.stream(components).map(RecordComponent::getName).toList();
        members.forEach((name, node) -> {
            if (!known.contains(name)) {
                InvalidField unknown = InvalidField.unknown("", "field", name, known);
                onUnknownField.accept(new Fault(document.place(node, join(path, name)), unknown.reason()));
            }
        });
    }

    private Object bindMember(Node node, Type type, String path) {
        if (node == null || Scalars.isNull(node)) {
            return absent(rawClass(type));
        }
        return bind(node, type, path);
    }

    private static Object absent(Class<?> type) {
        if (type == Optional.class) {
            return Optional.empty();
        } else if (type == List.class) {
            return List.of();
        }
        return type == Map.class ? Map.of() : null;
    }

    private Object bind(Node node, Type type, String path) {
        Class<?> raw = rawClass(type);
        if (raw == Optional.class) {
            return Optional.of(bind(node, argument(type, 0), path));
        } else if (raw == List.class) {
            return bindList(node, argument(type, 0), path);
        } else if (raw == Map.class) {
            return bindMap(node, argument(type, 1), path);
        } else if (raw.isRecord() && raw != ByteSize.class) {
            return bindRecord(node, raw, path);
        }
        return bindScalar(scalar(node, path), raw, path);
    }

    private List<Object> bindList(Node node, Type element, String path) {
        if (!(node instanceof SequenceNode sequence)) {
            throw fault(node, path, "must be a list");
        }
        List<Object> values = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            String itemPath = path + "[" + values.size() + "]";
            if (Scalars.isNull(item)) {
                throw fault(item, itemPath, "is empty");
            }
            values.add(bind(item, element, itemPath));
        }
        return List.copyOf(values);
    }

    private Map<String, Object> bindMap(Node node, Type value, String path) {
        Map<String, Object> values = new LinkedHashMap<>();
        members(node, path).forEach((name, member) -> values.put(name, bind(member, value, join(path, name))));
        return Map.copyOf(values);
    }

    private Object bindScalar(ScalarNode node, Class<?> type, String path) {
        if (type == String.class) {
            return string(node, path);
        } else if (type == Boolean.class || type == boolean.class) {
            return expect(node, path, "true or false", Scalars.Kind.BOOLEAN).equalsIgnoreCase("true");
        } else if (type == Integer.class || type == int.class) {
            return number(node, path, () -> Integer.valueOf(expect(node, path, "a whole number", Scalars.Kind.INTEGER)));
        } else if (type == Long.class || type == long.class) {
            return number(node, path, () -> Long.valueOf(expect(node, path, "a whole number", Scalars.Kind.INTEGER)));
        } else if (type == Double.class || type == double.class) {
            return Double.valueOf(expect(node, path, "a number", Scalars.Kind.INTEGER, Scalars.Kind.FLOAT));
        } else if (type == BigDecimal.class) {
            return decimal(node, path);
        } else if (type.isEnum()) {
            return constant(node, type, path);
        }
        return bindText(node, type, path);
    }

    private Object bindText(ScalarNode node, Class<?> type, String path) {
        return placed(node, path, () -> {
            if (type == Duration.class) {
                return Durations.parse(string(node, path));
            } else if (type == ByteSize.class) {
                return ByteSize.parse(node.getValue());
            } else if (type == Instant.class) {
                return instant(node.getValue());
            }
            throw new IllegalStateException("no way to read a " + type + " at " + path);
        });
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidField("", "is no time: " + text + " (write 2026-11-24T10:00:00Z)");
        }
    }

    private String string(ScalarNode node, String path) {
        return expect(node, path, "a string (put it in quotes)", Scalars.Kind.STRING);
    }

    private String expect(ScalarNode node, String path, String what, Scalars.Kind... kinds) {
        if (!List.of(kinds).contains(Scalars.kind(node))) {
            throw fault(node, path, "must be " + what + ", is " + node.getValue());
        }
        return node.getValue();
    }

    /** Exact. An API server writes small numbers with an exponent; a long one could make a short text a number of a billion digits. */
    private BigDecimal decimal(ScalarNode node, String path) {
        String text = expect(node, path, "a number", Scalars.Kind.INTEGER, Scalars.Kind.FLOAT);
        if (text.length() > MAX_DECIMAL_LENGTH || !DECIMAL.matches(text)) {
            throw fault(node, path, "must be a number of at most " + MAX_DECIMAL_LENGTH + " digits, with an exponent of at most two");
        }
        return new BigDecimal(text);
    }

    private Object number(ScalarNode node, String path, Supplier<Object> parse) {
        try {
            return parse.get();
        } catch (NumberFormatException e) {
            throw fault(node, path, "is out of range: " + node.getValue());
        }
    }

    private Object constant(ScalarNode node, Class<?> type, String path) {
        String text = node.getValue();
        List<String> names = Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
        return placed(node, path, () -> {
            if (!names.contains(text)) {
                throw InvalidField.unknown("", "value", text, names);
            }
            return type.getEnumConstants()[names.indexOf(text)];
        });
    }

    private <T> T placed(Node node, String path, Supplier<T> parse) {
        try {
            return parse.get();
        } catch (InvalidField e) {
            throw fault(node, path, e.reason());
        }
    }

    private <R> R construct(Node node, Class<R> type, RecordComponent[] components, Object[] values, String path) {
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw refused(node, path, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be constructed", e);
        }
    }

    private RuntimeException refused(Node node, String path, Throwable cause) {
        if (cause instanceof InvalidField invalid) {
            return new DocumentException(document.fault(new InvalidField(join(path, invalid.field()), invalid.reason())));
        }
        return new DocumentException(new Fault(document.place(node, path), String.valueOf(cause.getMessage())));
    }

    private Map<String, Node> members(Node node, String path) {
        if (!(node instanceof MappingNode mapping)) {
            throw fault(node, path, "must be an object");
        }
        Map<String, Node> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = scalar(tuple.getKeyNode(), path).getValue();
            if (members.put(name, tuple.getValueNode()) != null) {
                throw fault(tuple.getKeyNode(), join(path, name), "is given twice");
            }
        }
        return members;
    }

    private ScalarNode scalar(Node node, String path) {
        if (!(node instanceof ScalarNode scalar)) {
            throw fault(node, path, "must be a single value");
        }
        if (!scalar.getTag().equals(Tag.STR)) {
            throw fault(node, path, "has a tag, which is not allowed: " + scalar.getTag());
        }
        return scalar;
    }

    private DocumentException fault(Node node, String path, String message) {
        return new DocumentException(new Fault(document.place(node, path), message));
    }

    private static Class<?> rawClass(Type type) {
        return type instanceof ParameterizedType parameterized ? (Class<?>) parameterized.getRawType() : (Class<?>) type;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private static String join(String path, String name) {
        if (path.isEmpty() || name.isEmpty()) {
            return path + name;
        }
        return name.startsWith("[") ? path + name : path + "." + name;
    }
}
