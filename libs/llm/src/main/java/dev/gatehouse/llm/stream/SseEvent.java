package dev.gatehouse.llm.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One server-sent event (WHATWG HTML, section 9.2) with all its lines, so that writing it again loses none: id, retry, comments and
 * fields that no standard knows.
 *
 * @param lines the lines before the blank one, without their line ends, in order
 * @param raw   the bytes on the wire, with line ends and the blank line
 */
public record SseEvent(List<String> lines, byte[] raw) implements Frame {

    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

    public SseEvent {
        lines = List.copyOf(lines);
    }

    private static SseEvent of(List<String> lines, String lineEnd) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append(lineEnd));
        return new SseEvent(lines, text.append(lineEnd).toString().getBytes(StandardCharsets.UTF_8));
    }

    /** An event with data only. */
    public static SseEvent ofData(String data) {
        return of(dataLines(data), "\n");
    }

    /** An event of a type. */
    public static SseEvent of(String event, String data) {
        List<String> lines = new ArrayList<>();
        lines.add("event: " + event);
        lines.addAll(dataLines(data));
        return of(lines, "\n");
    }

    /** The {@code data} lines joined by line feeds; empty if there are none. */
    public String data() {
        List<String> data = values("data");
        return data.size() == 1 ? data.getFirst() : String.join("\n", data);
    }

    /** Whether there is any {@code data} line: an event without one is a comment or a keep-alive. */
    public boolean hasData() {
        return !values("data").isEmpty();
    }

    /** The event's type, or empty. */
    public String event() {
        List<String> events = values("event");
        return events.isEmpty() ? "" : events.getLast();
    }

    private List<String> values(String name) {
        List<String> values = new ArrayList<>(1);
        for (String line : lines) {
            if (isField(line, name)) {
                values.add(value(line, name));
            }
        }
        return values;
    }

    private static boolean isField(String line, String name) {
        return line.startsWith(name) && (line.length() == name.length() || line.charAt(name.length()) == ':');
    }

    private static String value(String line, String name) {
        String value = line.length() == name.length() ? "" : line.substring(name.length() + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    /** The same event with other data; the other lines stay in their places, and all keep their kind of line end. */
    public SseEvent withData(String data) {
        List<String> changed = new ArrayList<>();
        boolean written = false;
        for (String line : lines) {
            if (!isField(line, "data")) {
                changed.add(line);
            } else if (!written) {
                changed.addAll(dataLines(data));
                written = true;
            }
        }
        return of(changed, lineEnd()).endingAs(raw);
    }

    private String lineEnd() {
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '\n') {
                return "\n";
            }
            if (raw[i] == '\r') {
                return i + 1 < raw.length && raw[i + 1] == '\n' ? "\r\n" : "\r";
            }
        }
        return "\n";
    }

    /** The line feed of the last CRLF may have come apart from its event: then it follows by itself. */
    private SseEvent endingAs(byte[] other) {
        boolean cut = raw[raw.length - 1] == '\n' && other[other.length - 1] == '\r';
        return cut ? new SseEvent(lines, Arrays.copyOf(raw, raw.length - 1)) : this;
    }

    private static List<String> dataLines(String data) {
        return Arrays.stream(LINE_END.split(data, -1)).map(line -> "data: " + line).toList();
    }

    /** The data, unless there is none or it is the {@code [DONE]} that ends OpenAI's streams. */
    @Override
    public Optional<byte[]> json() {
        String data = data();
        return data.isBlank() || isDone() ? Optional.empty() : Optional.of(data.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public SseEvent withJson(byte[] json) {
        return withData(new String(json, StandardCharsets.UTF_8));
    }

    /** Whether this is the {@code [DONE]} that ends OpenAI's streams. */
    public boolean isDone() {
        return data().strip().equals("[DONE]");
    }

    @Override
    public byte[] encode() {
        return raw;
    }

    /** Never shows content. */
    @Override
    public String toString() {
        return "SseEvent[" + event() + ", " + lines.size() + " lines]";
    }
}
