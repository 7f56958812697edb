package dev.gatehouse.llm.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decodes AWS's binary event stream from bytes split anywhere; both checksums are verified. One decoder reads one stream. */
public final class AwsEventDecoder implements FrameDecoder {

    private final int maxMessageBytes;
    private byte[] pending = new byte[0];
    private boolean broken;
    private String fault = "";

    /** @param maxMessageBytes largest message that is taken, in bytes */
    public AwsEventDecoder(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public List<Frame> feed(byte[] bytes) {
        byte[] all = Arrays.copyOf(pending, pending.length + bytes.length);
        System.arraycopy(bytes, 0, all, pending.length, bytes.length);
        pending = new byte[0];
        List<Frame> events = new ArrayList<>();
        int at = 0;
        try {
            while (!broken && isComplete(all, at)) {
                int end = at + messageLength(all, at);
                events.add(AwsEvent.decode(Arrays.copyOfRange(all, at, end), ByteBuffer.wrap(all).getInt(at + 4)));
                at = end;
            }
        } catch (StreamFormatException e) {
            broken = true;
            fault = e.getMessage();
        }
        keep(Arrays.copyOfRange(all, at, all.length), events);
        return events;
    }

    private void keep(byte[] rest, List<Frame> events) {
        if (!broken) {
            pending = rest;
        } else if (rest.length > 0) {
            events.add(new Unframed(rest, fault));
        }
    }

    private boolean isComplete(byte[] bytes, int at) throws StreamFormatException {
        return bytes.length - at >= AwsEvent.PRELUDE && bytes.length - at >= messageLength(bytes, at);
    }

    /** The length of the message that begins there; its prelude is complete. */
    private int messageLength(byte[] bytes, int at) throws StreamFormatException {
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
    public List<Frame> end() {
        return pending.length == 0 ? List.of() : List.of(new Unframed(pending, "the event stream ends inside a message"));
    }
}
