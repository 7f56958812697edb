package dev.gatehouse.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;

/** Types of variables, with the Java values that stand for them. */
public enum VariableType {
    /** {@code string}; a {@link String}. */ TEXT(SimpleType.STRING),
    /** {@code int}; a {@link Long}. */ INTEGER(SimpleType.INT),
    /** {@code double}; a {@link Double}. */ DECIMAL(SimpleType.DOUBLE),
    /** {@code bool}; a {@link Boolean}. */ BOOLEAN(SimpleType.BOOL),
    /** {@code map(string, string)}; a {@code Map<String, String>}. */ TEXTS(MapType.create(SimpleType.STRING, SimpleType.STRING)),
    /** {@code map(string, dyn)}; a map of strings, numbers, booleans, lists and maps. */ TREE(MapType.create(SimpleType.STRING, SimpleType.DYN));

    private final CelType type;

    VariableType(CelType type) {
        this.type = type;
    }

    CelType type() {
        return type;
    }
}
