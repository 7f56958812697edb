package dev.gatehouse.llm.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes server-sent events from bytes split anywhere, also inside a character or between CR and LF. Lines end with CRLF, LF or
 * CR; a byte order mark before the first line is no part of it. A blank line that ends no event comes as an event without lines.
 * One decoder reads one stream.
 */
public final class SseDecoder implements FrameDecoder {

    private static final String MARK = "\uFEFF";

    private final int maxEventBytes;
    private final List<String> lines = new ArrayList<>();
    private byte[] raw = new byte[512];
    private int size;
    private int lineStart;
    private boolean afterCarriageReturn;
    private boolean first = true;
    private boolean broken;

    /** @param maxEventBytes largest event that is taken, in bytes */
    public SseDecoder(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    @Override
    public List<Frame> feed(byte[] bytes) {
        List<Frame> frames = new ArrayList<>();
        int at = 0;
        while (at < bytes.length && !broken) {
            at = take(bytes, at, frames);
        }
        if (at < bytes.length) {
            frames.add(unframed(Arrays.copyOfRange(bytes, at, bytes.length)));
        }
        return frames;
    }

    /** @return where to go on */
    private int take(byte[] bytes, int at, List<Frame> frames) {
        byte b = bytes[at];
        boolean endsPair = b == '\n' && afterCarriageReturn;
        boolean endsLine = !endsPair && (b == '\n' || b == '\r');
        int lineEnd = size;
        append(b);
        afterCarriageReturn = b == '\r';
        int next = at + 1;
        if (endsPair) {
            lineStart = size;
            finishIf(size == 1, frames);
        } else if (endsLine) {
            next = takePair(bytes, next);
            finishIf(endOfLine(lineEnd), frames);
        }
        broken = size > maxEventBytes;
        return broken ? giveUp(next, frames) : next;
    }

    /** The LF right after a CR belongs to the same line end, and goes on with it. */
    private int takePair(byte[] bytes, int next) {
        if (afterCarriageReturn && next < bytes.length && bytes[next] == '\n') {
            append((byte) '\n');
            afterCarriageReturn = false;
            return next + 1;
        }
        return next;
    }

    private void append(byte b) {
        if (size == raw.length) {
            raw = Arrays.copyOf(raw, size * 2);
        }
        raw[size++] = b;
    }

    /** @return whether the line was blank, so that an event is complete */
    private boolean endOfLine(int lineEnd) {
        String text = new String(raw, lineStart, lineEnd - lineStart, StandardCharsets.UTF_8);
        lineStart = size;
        text = first && text.startsWith(MARK) ? text.substring(1) : text;
        first = false;
        if (!text.isEmpty()) {
            lines.add(text);
        }
        return text.isEmpty();
    }

    private void finishIf(boolean complete, List<Frame> frames) {
        if (complete) {
            frames.add(new SseEvent(lines, Arrays.copyOf(raw, size)));
            lines.clear();
            size = 0;
            lineStart = 0;
        }
    }

    private int giveUp(int next, List<Frame> frames) {
        frames.add(unframed(Arrays.copyOf(raw, size)));
        raw = new byte[0];
        return next;
    }

    private Unframed unframed(byte[] bytes) {
        return new Unframed(bytes, "a server-sent event is larger than " + maxEventBytes + " bytes");
    }

    /** The standard drops an event without its blank line; providers' clients read it, and so do we. */
    @Override
    public List<Frame> end() {
        List<Frame> frames = new ArrayList<>();
        if (!broken && size > 0) {
            endOfLine(size);
            finishIf(true, frames);
        }
        return frames;
    }
}
