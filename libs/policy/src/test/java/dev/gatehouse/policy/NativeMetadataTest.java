package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.document.ByteSize;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.limit.TokenRateLimitOverride;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.risk.ResponseRiskPolicy;
import dev.gatehouse.policy.route.Gateway;
import dev.gatehouse.policy.route.HttpRoute;
import dev.gatehouse.policy.route.ReferenceGrant;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Documents are read by reflection: a native image must know every record and enum of every kind. */
class NativeMetadataTest {

    private static final String CONFIG = "/META-INF/native-image/dev.gatehouse/gatehouse-policy/reflect-config.json";

    @Test
    void everyRecordAndEnumOfADocumentIsRegistered() throws Exception {
        Set<String> needed = new TreeSet<>();
        collect(PromptGuardPolicy.class, needed);
        collect(ResponseRiskPolicy.class, needed);
        collect(TokenRateLimitPolicy.class, needed);
        collect(TokenRateLimitOverride.class, needed);
        collect(SemanticCachePolicy.class, needed);
        collect(SemanticRoutingPolicy.class, needed);
        collect(HttpRoute.class, needed);
        collect(Gateway.class, needed);
        collect(ReferenceGrant.class, needed);
        Set<String> registered = new TreeSet<>();
        try (InputStream config = getClass().getResourceAsStream(CONFIG)) {
            for (JsonNode entry : new ObjectMapper().readTree(config)) {
                registered.add(entry.get("name").asText());
            }
        }
        assertThat(registered).isEqualTo(needed);
    }

    private static void collect(Type type, Set<String> names) {
        if (type instanceof ParameterizedType parameterized) {
            for (Type argument : parameterized.getActualTypeArguments()) {
                collect(argument, names);
            }
        } else if (type instanceof Class<?> found && (found.isRecord() || found.isEnum()) && found != ByteSize.class && names.add(found.getName())
                && found.isRecord()) {
            for (RecordComponent component : found.getRecordComponents()) {
                collect(component.getGenericType(), names);
            }
        }
    }
}
