package dev.gatehouse.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A page with every field of every kind, made from the CRDs' schemas. */
final class Reference {

    private static final String HEAD = """
            # Reference of the policies

            Every field of every kind in `gatehouse.dev/v1alpha1`, made from the CRDs ([kubernetes.md](kubernetes.md#policies-as-crds)); the same fields are read
            from files. What a field is for, with examples, is in the page of its feature. Sizes are written as `65536`, `64Ki` or `10Mi`, durations as `200ms`,
            `2s` or `1m30s`. `[]` stands for each element of a list, `{}` for each member of a map.
            """;

    private final StringBuilder page = new StringBuilder(HEAD);
    /** Where a member with the same name and schema is described already. */
    private final Map<String, Map<JSONSchemaProps, String>> described = new HashMap<>();

    private Reference() {}

    static String of(List<CustomResourceDefinition> crds) {
        Reference reference = new Reference();
        crds.forEach(reference::add);
        return reference.page.toString();
    }

    private void add(CustomResourceDefinition crd) {
        String kind = crd.getSpec().getNames().getKind();
        JSONSchemaProps spec = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema().getProperties().get("spec");
        page.append("\n## ").append(kind).append("\nShort name `").append(crd.getSpec().getNames().getShortNames().getFirst()).append("`.")
                .append(rules(spec)).append("\n\n| Field of `spec` | Type | Default | |\n|---|---|---|---|\n");
        addMembers(kind, spec, "");
    }

    private void addMembers(String kind, JSONSchemaProps schema, String path) {
        schema.getProperties().forEach((name, member) -> {
            boolean required = schema.getRequired() != null && schema.getRequired().contains(name);
            addMember(kind, path + name, name, member, required);
        });
    }

    private void addMember(String kind, String path, String name, JSONSchemaProps member, boolean required) {
        Optional<String> before = Optional.ofNullable(described.computeIfAbsent(name, each -> new HashMap<>()).putIfAbsent(member, "`" + path + "` of " + kind));
        boolean hasMembers = element(member).getProperties() != null && !element(member).getProperties().isEmpty();
        String more = before.filter(place -> hasMembers).map(place -> " Members: as " + place + ".").orElse("");
        page.append("| `").append(path).append("` | ").append(type(member)).append(" | ").append(standard(member, required)).append(" | ")
                .append(cell(Optional.ofNullable(member.getDescription()).orElse("") + rules(member) + rules(element(member), member) + more)).append(" |\n");
        if (hasMembers && more.isEmpty()) {
            addMembers(kind, element(member), path + suffix(member) + ".");
        }
    }

    private static JSONSchemaProps element(JSONSchemaProps schema) {
        if (schema.getItems() != null) {
            return schema.getItems().getSchema();
        }
        return schema.getAdditionalProperties() == null ? schema : schema.getAdditionalProperties().getSchema();
    }

    private static String suffix(JSONSchemaProps schema) {
        if (schema.getItems() != null) {
            return "[]";
        }
        return schema.getAdditionalProperties() == null ? "" : "{}";
    }

    private static String type(JSONSchemaProps schema) {
        if (schema.getItems() != null) {
            return "list of " + type(element(schema));
        } else if (schema.getAdditionalProperties() != null) {
            return "map of " + type(element(schema));
        } else if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().stream().map(value -> "`" + value.asText() + "`").collect(Collectors.joining(", "));
        } else if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            return "size";
        }
        return Refinement.DURATION.equals(schema.getPattern()) ? "duration" : schema.getType();
    }

    private static String standard(JSONSchemaProps schema, boolean required) {
        if (required) {
            return "required";
        }
        return schema.getDefault() == null ? "" : "`" + schema.getDefault().asText() + "`";
    }

    private static String rules(JSONSchemaProps element, JSONSchemaProps of) {
        return element == of ? "" : rules(element);
    }

    private static String rules(JSONSchemaProps schema) {
        if (schema.getXKubernetesValidations() == null) {
            return "";
        }
        return schema.getXKubernetesValidations().stream().map(Reference::rule).collect(Collectors.joining());
    }

    private static String rule(ValidationRule rule) {
        String subject = rule.getFieldPath() == null ? "It" : "`" + rule.getFieldPath().substring(1) + "`";
        return " " + subject + " " + rule.getMessage() + ".";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").strip();
    }
}
