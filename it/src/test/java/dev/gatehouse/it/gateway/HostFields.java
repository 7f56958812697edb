package dev.gatehouse.it.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of a host's types, for hosts whose CRDs are not to be had here (see {@code host-fields/README.md}).
 *
 * @param known kind and path, to the values of an enumeration; none where any will do
 */
record HostFields(Map<String, Set<String>> known) {

    /** A field with a plain value. Members of lists have the path of the list. */
    private record Field(String path, String value) {}

    static HostFields of(String host) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("src", "test", "resources", "host-fields", host + ".txt"))) {
            return new HostFields(lines.map(line -> line.split(" "))
                    .collect(Collectors.toMap(words -> words[0] + " " + words[1], words -> Set.copyOf(Arrays.asList(words).subList(2, words.length)))));
        }
    }

    /** What of an object's {@code spec} the type has not. */
    List<String> faults(JsonNode object) {
        return fields(object.path("kind").asText() + " spec", object.path("spec")).filter(field -> !has(field)).map(Field::toString).toList();
    }

    private boolean has(Field field) {
        Set<String> values = known.get(field.path());
        return values != null && (values.isEmpty() || values.contains(field.value()));
    }

    private static Stream<Field> fields(String path, JsonNode node) {
        if (node.isObject()) {
            return node.propertyStream().flatMap(member -> fields(path + "." + member.getKey(), member.getValue()));
        }
        return node.isArray() ? node.valueStream().flatMap(member -> fields(path, member)) : Stream.of(new Field(path, node.asText()));
    }
}
