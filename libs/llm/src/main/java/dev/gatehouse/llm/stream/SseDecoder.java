package dev.gatehouse.llm.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decodes server-sent events from bytes split anywhere, also inside a character or between CR and LF. Lines end with CRLF, LF or
 * CR; a byte order mark before the first line is dropped. One decoder reads one stream.
 */
public final class SseDecoder implements FrameDecoder {

    private static final String MARK = "\uFEFF";

    private final int maxEventBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<String> lines = new ArrayList<>();
    private boolean afterCarriageReturn;
    private boolean first = true;
    private int eventBytes;

    /** @param maxEventBytes largest event that is taken, in bytes */
    public SseDecoder(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    @Override
    public List<SseEvent> feed(byte[] bytes) throws StreamFormatException {
        List<SseEvent> events = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' && afterCarriageReturn) {
                afterCarriageReturn = false;
                start = i + 1;
            } else if (bytes[i] == '\n' || bytes[i] == '\r') {
                line.write(bytes, start, i - start);
                start = i + 1;
                afterCarriageReturn = bytes[i] == '\r';
                endOfLine().ifPresent(events::add);
            } else {
                afterCarriageReturn = false;
            }
        }
        line.write(bytes, start, bytes.length - start);
        checkSize(line.size());
        return events;
    }

    private void checkSize(int more) throws StreamFormatException {
        if (eventBytes + more > maxEventBytes) {
            throw new StreamFormatException("a server-sent event is larger than " + maxEventBytes + " bytes");
        }
    }

    private Optional<SseEvent> endOfLine() throws StreamFormatException {
        checkSize(line.size());
        eventBytes += line.size();
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        text = first && text.startsWith(MARK) ? text.substring(1) : text;
        first = false;
        if (!text.isEmpty()) {
            lines.add(text);
            return Optional.empty();
        }
        return takeEvent();
    }

    private Optional<SseEvent> takeEvent() {
        eventBytes = 0;
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        SseEvent event = new SseEvent(lines);
        lines.clear();
        return Optional.of(event);
    }

    /** The standard drops an event without its blank line; providers' clients read it, and so do we. */
    @Override
    public List<SseEvent> end() throws StreamFormatException {
        if (line.size() > 0) {
            endOfLine();
        }
        return takeEvent().stream().toList();
    }
}
