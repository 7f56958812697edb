package dev.gatehouse.service.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A request's body as a stream for a virtual thread: reading fetches the next buffer, so that a fast client is held back.
 */
final class RequestBodyStream extends InputStream {

    private static final Buffer END = Buffer.buffer();
    private static final Buffer BROKEN = Buffer.buffer();

    private final HttpServerRequest request;
    private final BlockingQueue<Buffer> buffers = new LinkedBlockingQueue<>();
    private Buffer current = Buffer.buffer();
    private int position;

    RequestBodyStream(HttpServerRequest request) {
        this.request = request;
        request.pause();
        request.handler(buffers::add);
        request.endHandler(end -> buffers.add(END));
        request.exceptionHandler(broken -> buffers.add(BROKEN));
    }

    @Override
    public int read() throws IOException {
        return advance() ? current.getByte(position++) & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!advance()) {
            return -1;
        }
        int count = Math.min(length, current.length() - position);
        current.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    private boolean advance() throws IOException {
        while (current != END && position >= current.length()) {
            current = take();
            position = 0;
        }
        return current != END;
    }

    private Buffer take() throws IOException {
        request.fetch(1);
        Buffer next = await();
        if (next == BROKEN) {
            throw new IOException("the client went away");
        }
        return next;
    }

    private Buffer await() throws IOException {
        try {
            return buffers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
