package dev.gatehouse.crd;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeBindings;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.type.TypeModifier;
import dev.gatehouse.policy.document.ByteSize;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a member is in a document: an Optional is what it holds, a duration a string, a size a number or a string. */
final class PlainTypes extends TypeModifier {

    private static final Map<Class<?>, Class<?>> WRITTEN_AS = Map.of(
            Duration.class, String.class, Instant.class, String.class, ByteSize.class, IntOrString.class);

    @Override
    public JavaType modifyType(JavaType type, Type jdkType, TypeBindings context, TypeFactory types) {
        if (type.hasRawClass(Optional.class)) {
            return type.containedTypeOrUnknown(0);
        }
        Class<?> written = WRITTEN_AS.get(type.getRawClass());
        return written == null ? type : types.constructType(written);
    }
}
