package dev.gatehouse.llm.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decodes AWS's binary event stream from bytes split anywhere; both checksums are verified. One decoder reads one stream. */
public final class AwsEventDecoder implements FrameDecoder {

    private final int maxMessageBytes;
    private byte[] pending = new byte[0];

    /** @param maxMessageBytes largest message that is taken, in bytes */
    public AwsEventDecoder(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public List<AwsEvent> feed(byte[] bytes) throws StreamFormatException {
        byte[] all = Arrays.copyOf(pending, pending.length + bytes.length);
        System.arraycopy(bytes, 0, all, pending.length, bytes.length);
        List<AwsEvent> events = new ArrayList<>();
        int at = 0;
        int length = messageLength(all, at);
        while (length > 0 && at + length <= all.length) {
            events.add(AwsEvent.decode(Arrays.copyOfRange(all, at, at + length), ByteBuffer.wrap(all).getInt(at + 4)));
            at += length;
            length = messageLength(all, at);
        }
        pending = Arrays.copyOfRange(all, at, all.length);
        return events;
    }

    /** The length of the message that begins there, or 0 while its prelude is not complete. */
    private int messageLength(byte[] bytes, int at) throws StreamFormatException {
        if (bytes.length - at < AwsEvent.PRELUDE) {
            return 0;
        }
        ByteBuffer prelude = ByteBuffer.wrap(bytes);
        if (AwsEvent.crc(Arrays.copyOfRange(bytes, at, at + 8), 8) != prelude.getInt(at + 8)) {
            throw new StreamFormatException("the checksum of an event stream prelude is wrong");
        }
        int total = prelude.getInt(at);
        int headers = prelude.getInt(at + 4);
        if (headers < 0 || total < AwsEvent.OVERHEAD + (long) headers || total > maxMessageBytes) {
            throw new StreamFormatException("the length of an event stream message is impossible");
        }
        return total;
    }

    /** A cut message cannot be read. */
    @Override
    public List<AwsEvent> end() throws StreamFormatException {
        if (pending.length > 0) {
            throw new StreamFormatException("the event stream ends inside a message");
        }
        return List.of();
    }
}
