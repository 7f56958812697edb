package dev.gatehouse.policy.document;

/**
 * Where something stands in a file or in an object.
 *
 * @param file   file name as the user knows it, or {@code namespace/name} of an object
 * @param line   1-based; 0 in an object, which has no lines that anybody knows
 * @param column 1-based, in Unicode code points; 0 in an object
 * @param field  path of the field, e.g. {@code spec.rules[2].pii.entities[0]}; empty for the document itself
 */
public record Place(String file, int line, int column, String field) {

    @Override
    public String toString() {
        String at = line == 0 ? file : file + ":" + line + ":" + column;
        return field.isEmpty() ? at : at + ": " + field;
    }
}
