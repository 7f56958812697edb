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
 */
public record SseEvent(List<String> lines) implements Frame {

    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

    public SseEvent {
        lines = List.copyOf(lines);
    }

    /** An event with data only. */
    public static SseEvent ofData(String data) {
        return new SseEvent(dataLines(data));
    }

    /** An event of a type. */
    public static SseEvent of(String event, String data) {
        List<String> lines = new ArrayList<>();
        lines.add("event: " + event);
        lines.addAll(dataLines(data));
        return new SseEvent(lines);
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

    /** The same event with other data; the other lines stay in their places. */
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
        return new SseEvent(changed);
    }

    private static List<String> dataLines(String data) {
        return Arrays.stream(LINE_END.split(data, -1)).map(line -> "data: " + line).toList();
    }

    /** The data, unless there is none or it is the {@code [DONE]} that ends OpenAI's streams. */
    @Override
    public Optional<byte[]> json() {
        String data = data();
        return data.isBlank() || data.strip().equals("[DONE]") ? Optional.empty() : Optional.of(data.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public SseEvent withJson(byte[] json) {
        return withData(new String(json, StandardCharsets.UTF_8));
    }

    /** The bytes on the wire, with line feeds and the blank line. */
    @Override
    public byte[] encode() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Never shows content. */
    @Override
    public String toString() {
        return "SseEvent[" + event() + ", " + lines.size() + " lines]";
    }
}
