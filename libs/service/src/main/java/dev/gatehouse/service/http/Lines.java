package dev.gatehouse.service.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The non-empty lines of a stream, each held to a length; what is over is read and dropped. Not thread-safe. */
final class Lines {

    private final InputStream in;
    private final int maxBytes;
    private boolean cut;
    private long number;

    Lines(InputStream in, int maxBytes) {
        this.in = new BufferedInputStream(in);
        this.maxBytes = maxBytes;
    }

    /** The next line that is not empty, without its end; empty at the end of the stream. */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        cut = false;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n' && line.size() > 0) {
                return ended(line);
            }
            append(line, b);
        }
        return line.size() > 0 ? ended(line) : Optional.empty();
    }

    private Optional<byte[]> ended(ByteArrayOutputStream line) {
        number++;
        return Optional.of(line.toByteArray());
    }

    /** Of the last line, from 1; empty ones are not counted. */
    long number() {
        return number;
    }

    /** Whether the last line was longer than the bound. */
    boolean cut() {
        return cut;
    }

    private void append(ByteArrayOutputStream line, int b) {
        if (b == '\r' || b == '\n') {
            return;
        }
        if (line.size() < maxBytes) {
            line.write(b);
        } else {
            cut = true;
        }
    }
}
