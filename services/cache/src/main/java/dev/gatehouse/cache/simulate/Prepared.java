package dev.gatehouse.cache.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cache.ask.Ask;

/** A line of a trace before its decision. */
sealed interface Prepared {

    /** A row, and the question that it is. */
    record Asked(Row row, Ask ask) implements Prepared {}

    /** A row that is no request of which an answer could be kept; why. */
    record Unread(Row row, Enum<?> reason) implements Prepared {}

    /** No row. @param line its number, from 1 */
    record Malformed(JsonNode line, String message) implements Prepared {}
}
