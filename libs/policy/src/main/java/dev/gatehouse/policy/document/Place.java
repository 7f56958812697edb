package dev.gatehouse.policy.document;

/**
 * Where something stands in a file.
 *
 * @param file   file name as the user knows it
 * @param line   1-based
 * @param column 1-based, in Unicode code points
 * @param field  path of the field, e.g. {@code spec.rules[2].pii.entities[0]}; empty for the document itself
 */
public record Place(String file, int line, int column, String field) {

    @Override
    public String toString() {
        String at = file + ":" + line + ":" + column;
        return field.isEmpty() ? at : at + ": " + field;
    }
}
