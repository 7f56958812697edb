package dev.gatehouse.llm.coding;

import dev.gatehouse.llm.coding.UndecodableBody.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Undoes content codings of a body that arrives piece by piece: what can be decoded of the bytes so far is given at once. The decoders
 * pull, so they run on a virtual thread of their own, which waits while there is no more to read. Not for several threads; close it.
 */
public final class StreamedDecoding implements AutoCloseable {

    private static final int WINDOW = 8192;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> pending = new ArrayDeque<>();
    private final ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    private final int maxPieceBytes;
    private final Thread thread;
    private byte[] current = new byte[0];
    private int at;
    private boolean hungry;
    private boolean ended;
    private boolean over;
    private Reason failure;

    /**
     * @param contentEncoding the {@code content-encoding} field
     * @param maxPieceBytes   the most that one piece may become: a small body cannot become a huge one (CWE-409)
     * @throws UndecodableBody for a coding that is not known
     */
    public StreamedDecoding(String contentEncoding, int maxPieceBytes) throws UndecodableBody {
        this.maxPieceBytes = maxPieceBytes;
        ContentCoding.refuseUnknown(contentEncoding);
        this.thread = Thread.ofVirtual().name("content-coding").start(() -> decode(contentEncoding));
    }

    /**
     * Takes more bytes.
     *
     * @return what they become, with what was held before; may be empty
     * @throws UndecodableBody if they cannot be decoded; every later call throws too
     */
    public byte[] feed(byte[] bytes) throws UndecodableBody, InterruptedException {
        return exchange(bytes, false);
    }

    /** Tells that the body has ended. @return what is left of it */
    public byte[] end() throws UndecodableBody, InterruptedException {
        return exchange(new byte[0], true);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private byte[] exchange(byte[] bytes, boolean last) throws UndecodableBody, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (bytes.length > 0) {
                pending.add(bytes);
            }
            ended |= last;
            hungry &= pending.isEmpty() && !ended;
            changed.signalAll();
            while (!hungry && !over) {
                changed.await();
            }
            return taken();
        } finally {
            lock.unlock();
        }
    }

    private byte[] taken() throws UndecodableBody {
        if (failure != null) {
            throw new UndecodableBody(failure);
        }
        byte[] out = decoded.toByteArray();
        decoded.reset();
        return out;
    }

    private void decode(String contentEncoding) {
        try (InputStream plain = ContentCoding.open(contentEncoding, new Pushed())) {
            byte[] window = new byte[WINDOW];
            for (int read = plain.read(window); read >= 0; read = plain.read(window)) {
                give(window, read);
            }
            finish(null);
        } catch (UndecodableBody e) {
            finish(e.reason());
        } catch (IOException | RuntimeException corrupt) {
            finish(Reason.CORRUPT);
        }
    }

    private void give(byte[] window, int length) throws UndecodableBody {
        lock.lock();
        try {
            decoded.write(window, 0, length);
            if (decoded.size() > maxPieceBytes) {
                throw new UndecodableBody(Reason.TOO_LARGE);
            }
        } finally {
            lock.unlock();
        }
    }

    private void finish(Reason reason) {
        lock.lock();
        try {
            failure = reason;
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was fed, as a stream that waits for more. */
    private final class Pushed extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            lock.lock();
            try {
                while (at == current.length && !next()) {
                    if (ended) {
                        return -1;
                    }
                    starve();
                }
                int taken = Math.min(length, current.length - at);
                System.arraycopy(current, at, into, from, taken);
                at += taken;
                return taken;
            } finally {
                lock.unlock();
            }
        }

        /** Tells {@code GZIPInputStream} whether another member follows. */
        @Override
        public int available() {
            lock.lock();
            try {
                return current.length - at + pending.stream().mapToInt(bytes -> bytes.length).sum();
            } finally {
                lock.unlock();
            }
        }

        private boolean next() {
            byte[] more = pending.poll();
            if (more == null) {
                return false;
            }
            current = more;
            at = 0;
            return true;
        }

        private void starve() throws IOException {
            hungry = true;
            changed.signalAll();
            try {
                changed.await();
            } catch (InterruptedException closed) {
                throw new InterruptedIOException();
            }
        }
    }
}
