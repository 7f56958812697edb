package dev.gatehouse.llm.coding;

import dev.gatehouse.llm.coding.UndecodableBody.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** gzip (RFC 1952, one member or several) and deflate (with zlib's header or without), chunk by chunk. */
final class Inflating implements IncrementalDecoder {

    private enum State { HEADER, DATA, TRAILER, DONE }

    private static final int TRAILER_BYTES = 8;
    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int WINDOW = 8192;

    private final boolean gzip;
    private final int maxRatio;
    private final byte[] window = new byte[WINDOW];
    private final CRC32 crc = new CRC32();
    private Inflater inflater;
    private State state = State.HEADER;
    private byte[] pending = new byte[0];
    private long in;
    private long out;

    Inflating(boolean gzip, int maxRatio) {
        this.gzip = gzip;
        this.maxRatio = maxRatio;
    }

    @Override
    public byte[] feed(byte[] encoded) throws UndecodableBody {
        in += encoded.length;
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        append(encoded);
        boolean advanced = true;
        while (advanced) {
            advanced = switch (state) {
                case HEADER -> header();
                case DATA -> data(decoded);
                case TRAILER -> trailer();
                case DONE -> done();
            };
        }
        return decoded.toByteArray();
    }

    private void append(byte[] encoded) {
        int before = pending.length;
        pending = Arrays.copyOf(pending, before + encoded.length);
        System.arraycopy(encoded, 0, pending, before, encoded.length);
    }

    private void drop(int bytes) {
        pending = Arrays.copyOfRange(pending, bytes, pending.length);
    }

    /** @return whether the header is there whole */
    private boolean header() throws UndecodableBody {
        int length = gzip ? GzipHeader.length(pending) : pending.length < 2 ? GzipHeader.INCOMPLETE : 0;
        if (length == GzipHeader.BROKEN || length == GzipHeader.INCOMPLETE && pending.length > MAX_HEADER_BYTES) {
            throw corrupt();
        }
        if (length == GzipHeader.INCOMPLETE) {
            return false;
        }
        begin(new Inflater(gzip || !ContentCoding.hasZlibHeader(pending)));
        drop(length);
        return true;
    }

    private void begin(Inflater fresh) {
        close();
        inflater = fresh;
        crc.reset();
        state = State.DATA;
    }

    private boolean data(ByteArrayOutputStream decoded) throws UndecodableBody {
        inflater.setInput(pending);
        try {
            for (int read = inflater.inflate(window); read > 0; read = inflater.inflate(window)) {
                decoded.write(window, 0, read);
                crc.update(window, 0, read);
                count(read);
            }
        } catch (DataFormatException e) {
            throw corrupt();
        }
        drop(pending.length - inflater.getRemaining());
        if (inflater.needsDictionary()) {
            throw corrupt();
        }
        if (inflater.finished()) {
            state = gzip ? State.TRAILER : State.DONE;
        }
        return inflater.finished();
    }

    private void count(int read) throws UndecodableBody {
        out += read;
        if (out > ContentCoding.RATIO_FREE_BYTES && out > in * maxRatio) {
            close();
            throw new UndecodableBody(Reason.TOO_DENSE);
        }
    }

    private boolean trailer() throws UndecodableBody {
        if (pending.length < TRAILER_BYTES) {
            return false;
        }
        ByteBuffer trailer = ByteBuffer.wrap(pending).order(ByteOrder.LITTLE_ENDIAN);
        if (trailer.getInt() != (int) crc.getValue() || trailer.getInt() != (int) inflater.getBytesWritten()) {
            throw corrupt();
        }
        drop(TRAILER_BYTES);
        state = State.DONE;
        return true;
    }

    /** Another member may follow; anything else would be sent on unread. */
    private boolean done() throws UndecodableBody {
        if (pending.length == 0) {
            return false;
        }
        if (!gzip) {
            throw corrupt();
        }
        state = State.HEADER;
        return true;
    }

    @Override
    public byte[] end() throws UndecodableBody {
        close();
        boolean nothingCame = state == State.HEADER && in == 0;
        if (state != State.DONE && !nothingCame) {
            throw new UndecodableBody(Reason.CORRUPT);
        }
        return new byte[0];
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
        }
    }

    private UndecodableBody corrupt() {
        close();
        return new UndecodableBody(Reason.CORRUPT);
    }
}
