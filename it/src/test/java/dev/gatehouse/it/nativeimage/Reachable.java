package dev.gatehouse.it.nativeimage;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The classes that reading or printing a value reaches by reflection, found from the value's type. */
final class Reachable {

    private Reachable() {
    }

    /** Records and enums of a policy document, those in their components included; a type that reads one scalar is none. */
    static Set<String> inDocuments(Collection<Class<?>> roots) {
        Set<String> names = new TreeSet<>();
        roots.forEach(root -> document(root, names));
        return names;
    }

    /** A protobuf message, the messages in its fields, and their builders. */
    static Set<String> inMessages(Class<?> root, Class<?> message) {
        Set<String> names = new TreeSet<>();
        message(root, message, names);
        return names;
    }

    private static void document(Type type, Set<String> names) {
        if (type instanceof ParameterizedType parameterized) {
            Arrays.stream(parameterized.getActualTypeArguments()).forEach(argument -> document(argument, names));
        } else if (type instanceof Class<?> found && isBound(found) && names.add(found.getName()) && found.isRecord()) {
            Arrays.stream(found.getRecordComponents()).map(RecordComponent::getGenericType).forEach(part -> document(part, names));
        }
    }

    private static boolean isBound(Class<?> type) {
        return (type.isRecord() || type.isEnum()) && !type.getSimpleName().equals("ByteSize");
    }

    private static void message(Class<?> type, Class<?> message, Set<String> names) {
        if (names.add(type.getName())) {
            names.add(type.getName() + "$Builder");
            Arrays.stream(type.getMethods()).filter(Reachable::isGetter).map(Method::getReturnType)
                    .filter(part -> message.isAssignableFrom(part) && part != message)
                    .forEach(part -> message(part, message, names));
        }
    }

    private static boolean isGetter(Method method) {
        return method.getName().startsWith("get");
    }
}
