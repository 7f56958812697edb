package dev.gatehouse.service.http;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Answers the lines of one request, in any way it likes: some ahead, some more at the end. Runs on a virtual thread, may block. */
@FunctionalInterface
public interface LinesFlow {

    /**
     * A line that is not empty.
     *
     * @param number of the lines that are not empty, from 1
     * @param cut    whether it was longer than the endpoint takes; its bytes are then its beginning
     */
    record Line(long number, byte[] bytes, boolean cut) {}

    /** Where the lines come from. */
    interface Source {

        /** The next line; empty at the end. */
        Optional<Line> next() throws IOException;
    }

    /** Where the answers go. */
    interface Sink {

        /** Writes one line, without its end; waits until it is on its way. */
        void write(byte[] line) throws Exception;
    }

    /**
     * @param parameters of the query; of one that is given twice the first
     * @throws JsonAnswer.BadDocument when the request cannot be answered; before the first line is written it is a 400
     */
    void run(Map<String, String> parameters, Source lines, Sink answers) throws Exception;
}
