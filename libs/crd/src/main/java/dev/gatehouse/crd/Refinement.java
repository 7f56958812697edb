package dev.gatehouse.crd;

import dev.gatehouse.policy.document.ByteSize;
import dev.gatehouse.policy.guard.GuardRule;
import dev.gatehouse.policy.limit.Limit;
import dev.gatehouse.policy.risk.RiskRule;
import dev.gatehouse.policy.routing.Candidate;
import dev.gatehouse.policy.routing.Keywords;
import dev.gatehouse.policy.routing.Route;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Adds to a generated schema what the generator does not know of the types of policies: how durations and sizes are written, that
 * names are unique in their list, and what the Javadoc says.
 */
final class Refinement {

    /** GEP-2257, as {@code Durations} reads it. */
    static final String DURATION = "^([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,5}s)?([0-9]{1,5}ms)?$";
    private static final String SIZE = "^[0-9]{1,10}(Ki|Mi|Gi|k|M|G)?$";
    /** Elements of which a list has but one with the same value of this member. */
    private static final Map<Type, String> KEYS = Map.of(
            GuardRule.class, "name", RiskRule.class, "name", Limit.class, "name", Route.class, "name", Keywords.class, "name",
            Candidate.class, "model", PolicyAncestors.State.class, "type");

    private final Documentation documentation;

    Refinement(Documentation documentation) {
        this.documentation = documentation;
    }

    /** @param schema of an object that is read into this record */
    void refine(JSONSchemaProps schema, Class<?> type) {
        if (schema.getDescription() == null) {
            documentation.of(type).filter(text -> !text.isBlank()).map(Refinement::sentence).ifPresent(schema::setDescription);
        }
        for (RecordComponent component : type.getRecordComponents()) {
            JSONSchemaProps member = schema.getProperties().get(component.getName());
            if (member != null) {
                documentation.of(type, component.getName()).map(Refinement::sentence).ifPresent(member::setDescription);
                refine(member, component.getGenericType());
            }
        }
    }

    private void refine(JSONSchemaProps schema, Type type) {
        Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        if (raw == Optional.class) {
            refine(schema, argument(type, 0));
        } else if (raw == List.class) {
            refineList(schema, argument(type, 0));
        } else if (raw == Map.class) {
            refine(schema.getAdditionalProperties().getSchema(), argument(type, 1));
        } else if (raw == Duration.class) {
            schema.setPattern(DURATION);
            schema.setMinLength(2L);
            schema.setMaxLength(32L);
        } else if (raw == ByteSize.class) {
            refineSize(schema);
        } else if (raw == Instant.class) {
            schema.setFormat("date-time");
        } else if (raw.isEnum()) {
            refineEnum(schema, raw);
        } else if (raw.isRecord()) {
            refine(schema, raw);
        }
    }

    private void refineList(JSONSchemaProps schema, Type element) {
        refine(schema.getItems().getSchema(), element);
        Optional.ofNullable(KEYS.get(element)).ifPresent(key -> {
            schema.setXKubernetesListType("map");
            schema.setXKubernetesListMapKeys(List.of(key));
        });
    }

    private static void refineSize(JSONSchemaProps schema) {
        schema.setXKubernetesIntOrString(true);
        schema.setAnyOf(List.of(new JSONSchemaPropsBuilder().withType("integer").build(), new JSONSchemaPropsBuilder().withType("string").build()));
        schema.setPattern(SIZE);
        schema.setMaxLength(12L);
    }

    private void refineEnum(JSONSchemaProps schema, Class<?> type) {
        String constants = Arrays.stream(type.getEnumConstants()).map(Object::toString)
                .flatMap(name -> documentation.of(type, name).map(text -> name + ": " + text).stream()).collect(Collectors.joining(" "));
        String text = Optional.ofNullable(schema.getDescription()).orElse("");
        if (!constants.isEmpty()) {
            schema.setDescription((text + " " + constants).strip());
        }
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private static String sentence(String text) {
        String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }
}
