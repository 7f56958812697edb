package dev.gatehouse.llm.json;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** New bytes for the range from {@code start} (inclusive) to {@code end} (exclusive) of a document. */
public record Edit(int start, int end, byte[] replacement) {

    /** A new text for the inside of a string (or of a key). */
    public static Edit ofString(JsonValue string, String text) {
        return new Edit(string.start(), string.end(), JsonStrings.encode(text));
    }

    /** A new text for a string inside a document that itself is the text of {@code outer}: escaped twice. */
    public static Edit ofInnerString(JsonValue outer, JsonValue inner, String text) {
        byte[] bytes = outer.document().bytes();
        int start = JsonStrings.sourceOffset(bytes, outer.start(), inner.start());
        int end = JsonStrings.sourceOffset(bytes, outer.start(), inner.end());
        byte[] once = JsonStrings.encode(text);
        return new Edit(start, end, JsonStrings.encode(new String(once, StandardCharsets.UTF_8)));
    }

    /** A new member with a text, before all others of an object. */
    public static Edit ofNewMember(JsonValue object, String name, String text) {
        String comma = object.isPresent() ? "," : "";
        String member = "\"" + name + "\":\"" + new String(JsonStrings.encode(text), StandardCharsets.UTF_8) + "\"" + comma;
        return new Edit(object.start() + 1, object.start() + 1, member.getBytes(StandardCharsets.UTF_8));
    }

    /** The same edit in a document that begins that many bytes later. */
    public Edit shifted(int bytes) {
        return new Edit(start + bytes, end + bytes, replacement);
    }

    /** The bytes with the edits made, in any order given. */
    public static byte[] apply(byte[] bytes, List<Edit> edits) {
        List<Edit> sorted = edits.stream().sorted(Comparator.comparingInt(Edit::start)).toList();
        int growth = sorted.stream().mapToInt(edit -> edit.replacement.length - (edit.end - edit.start)).sum();
        byte[] out = new byte[bytes.length + growth];
        int from = 0;
        int to = 0;
        for (Edit edit : sorted) {
            if (edit.start < from) {
                throw new IllegalArgumentException("edits overlap at byte " + edit.start);
            }
            to = copy(bytes, from, edit.start, out, to);
            to = copy(edit.replacement, 0, edit.replacement.length, out, to);
            from = edit.end;
        }
        copy(bytes, from, bytes.length, out, to);
        return out;
    }

    private static int copy(byte[] from, int start, int end, byte[] out, int to) {
        System.arraycopy(from, start, out, to, end - start);
        return to + end - start;
    }
}
