package dev.gatehouse.llm.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/** One value of a document, or a missing one: reading on from a missing value gives missing values, never an error. */
public record JsonValue(JsonDocument document, int entry) {

    /** What a value is. KEY is the name of a member, MISSING no value at all. */
    public enum Kind { OBJECT, ARRAY, STRING, NUMBER, TRUE, FALSE, NULL, KEY, MISSING }

    /** A member of an object. */
    public record Member(JsonValue key, JsonValue value) {
        public String name() {
            return key.text();
        }
    }

    private static final int NONE = -1;

    public Kind kind() {
        return entry == NONE ? Kind.MISSING : document.tape().kind(entry);
    }

    public boolean is(Kind kind) {
        return kind() == kind;
    }

    /** Whether there is a value other than null, false, an empty string or an empty container. */
    public boolean isPresent() {
        return switch (kind()) {
            case MISSING, NULL, FALSE -> false;
            case STRING -> start() < end();
            case OBJECT, ARRAY -> document.tape().next(entry) > entry + 1;
            default -> true;
        };
    }

    /** First byte of the value; for strings and keys the one after the quote. */
    public int start() {
        return document.tape().start(entry);
    }

    /** Byte after the value; for strings and keys the closing quote. */
    public int end() {
        return document.tape().end(entry);
    }

    /** The text of a string or key. Decoded at each call. */
    public String text() {
        return JsonStrings.decode(document.bytes(), start(), end());
    }

    /** The text, if this is a string. */
    public Optional<String> string() {
        return is(Kind.STRING) ? Optional.of(text()) : Optional.empty();
    }

    /** The integer, if this is a number without a fraction that fits. */
    public OptionalLong integer() {
        if (!is(Kind.NUMBER) || end() - start() > 32) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(new BigDecimal(raw()).longValueExact());
        } catch (ArithmeticException notAnInteger) {
            return OptionalLong.empty();
        }
    }

    /** The bytes of the value as text, as they stand (a string without its quotes, still escaped). */
    public String raw() {
        return new String(document.bytes(), start(), end() - start(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The member of that exact ASCII name, or missing. */
    public JsonValue get(String name) {
        if (!is(Kind.OBJECT)) {
            return missing();
        }
        Tape tape = document.tape();
        for (int key = entry + 1; key < tape.next(entry); key = tape.next(key + 1)) {
            if (JsonStrings.spells(document.bytes(), tape.start(key), tape.end(key), name)) {
                return new JsonValue(document, key + 1);
            }
        }
        return missing();
    }

    /** The element at that index, or missing. */
    public JsonValue at(int index) {
        int i = 0;
        for (JsonValue element : elements()) {
            if (i++ == index) {
                return element;
            }
        }
        return missing();
    }

    private JsonValue missing() {
        return new JsonValue(document, NONE);
    }

    /** The members in their order; none if this is no object. */
    public Iterable<Member> members() {
        return () -> new Children<>(is(Kind.OBJECT)) {
            @Override
            Member read(int at) {
                return new Member(new JsonValue(document, at), new JsonValue(document, at + 1));
            }

            @Override
            int after(int at) {
                return document.tape().next(at + 1);
            }
        };
    }

    /** The elements in their order; none if this is no array. */
    public Iterable<JsonValue> elements() {
        return () -> new Children<>(is(Kind.ARRAY)) {
            @Override
            JsonValue read(int at) {
                return new JsonValue(document, at);
            }

            @Override
            int after(int at) {
                return document.tape().next(at);
            }
        };
    }

    /** Walks the entries inside this container. */
    private abstract class Children<T> implements Iterator<T> {
        private final int end;
        private int at;

        Children(boolean any) {
            at = entry + 1;
            end = any ? document.tape().next(entry) : at;
        }

        abstract T read(int at);

        abstract int after(int at);

        @Override
        public boolean hasNext() {
            return at < end;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            T child = read(at);
            at = after(at);
            return child;
        }
    }

    /** Where the value stands, as a JSON pointer (RFC 6901). Found from the root at each call. A key has the pointer of its value. */
    public String pointer() {
        StringBuilder pointer = new StringBuilder();
        JsonValue at = document.root();
        while (at.entry < entry && (at.is(Kind.OBJECT) || at.is(Kind.ARRAY))) {
            at = at.stepTo(entry, pointer);
        }
        return pointer.toString();
    }

    private JsonValue stepTo(int target, StringBuilder pointer) {
        int index = 0;
        for (JsonValue element : elements()) {
            if (document.tape().next(element.entry) > target) {
                pointer.append('/').append(index);
                return element;
            }
            index++;
        }
        for (Member member : members()) {
            if (document.tape().next(member.value.entry) > target) {
                pointer.append('/').append(member.name().replace("~", "~0").replace("/", "~1"));
                return member.value;
            }
        }
        throw new IllegalStateException("entry " + target + " is not in its document");
    }

    /** Every string and key in this value, itself included, in the order of the text. */
    public List<JsonValue> stringsAndKeys() {
        List<JsonValue> found = new ArrayList<>();
        int end = entry == NONE ? NONE : document.tape().next(entry);
        for (int at = entry; at < end; at++) {
            if (document.tape().kind(at) == Kind.STRING || document.tape().kind(at) == Kind.KEY) {
                found.add(new JsonValue(document, at));
            }
        }
        return found;
    }

    /** Never shows content. */
    @Override
    public String toString() {
        return kind() + (entry == NONE ? "" : " at byte " + start());
    }
}
