package dev.gatehouse.cache.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.gatehouse.cache.api.Written;
import java.io.IOException;
import java.util.Optional;

/**
 * One request of a trace.
 *
 * @param id      as the row gives it; its number where it gives none
 * @param written the request
 */
record Row(JsonNode id, Written written) {

    /** What a row says of its answer. */
    record Truth(Optional<String> answerClass, Optional<String> answer) {

        static final Truth NONE = new Truth(Optional.empty(), Optional.empty());

        /** Whether two rows have the same answer, where the class of both tells. */
        Optional<Boolean> sameClass(Truth other) {
            return answerClass.flatMap(mine -> other.answerClass.map(mine::equals));
        }
    }

    /** @throws dev.gatehouse.service.http.JsonAnswer.BadDocument for what is no row */
    static Row read(long number, byte[] line) throws IOException {
        Written written = Written.read(line);
        JsonNode id = written.field("id");
        return new Row(id == null || id instanceof NullNode ? IntNode.valueOf((int) number) : id, written);
    }

    /** To be asked for after the row's decision only. */
    Truth truth() {
        return new Truth(written.text("answer_class"), written.text("answer"));
    }
}
