package dev.gatehouse.llm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a value of a format means. A shape that meets an array is applied to each element; a shape that meets a value it does not
 * fit returns the strings in it as {@link PartKind#OTHER}, so that no text escapes by having the wrong type.
 */
sealed interface Shape {

    /** Never looked at: provider-made ciphertexts, credentials for others than the model, words that end an answer. */
    record Inert() implements Shape {}

    /**
     * A setting or an id. Chat templates print some, providers keep others, so a string that is more than one plain word
     * ({@link Words#isPlain}) is text.
     */
    record Setting() implements Shape {}

    /** The number of a choice or content block. */
    record Index() implements Shape {}

    /** A text. */
    record Text(PartKind kind) implements Shape {}

    /** Every string and key inside is text of that kind. */
    record Leaves(PartKind kind) implements Shape {}

    /** JSON in a string, or the object itself: every string and key inside is text of that kind. */
    record Encoded(PartKind kind) implements Shape {}

    /** One of some fixed words (in any case) that need no look; any other word is text. */
    record Words(Set<String> known) implements Shape {

        private static final String PUNCTUATION = "_-.:/+=#~,";

        /** Whether it is made of ASCII letters, digits and a few signs only, as ids, numbers and URLs are. */
        static boolean isPlain(String word) {
            return word.chars().allMatch(sign -> sign >= 'a' && sign <= 'z' || sign >= 'A' && sign <= 'Z' || sign >= '0' && sign <= '9'
                    || PUNCTUATION.indexOf(sign) >= 0);
        }
    }

    /** Cannot be read, unless it is null or empty. */
    record Mark(Uninspectable.Kind kind) implements Shape {}

    /** Cannot be read as a whole, and has text inside. */
    record MarkAnd(Uninspectable.Kind kind, Shape shape) implements Shape {}

    /** A text or texts, or numbers of tokens. */
    record TextOrTokens() implements Shape {}

    /** A string means one thing, an object another. */
    record OneOf(Shape string, Shape object) implements Shape {}

    /** The text inside is spoken by that role. */
    record As(Role role, Shape shape) implements Shape {}

    /** An object whose keys are names chosen by the user. */
    record MapOf(Shape values) implements Shape {}

    /** An object whose kind is told by one of its fields. */
    record ByType(String field, Map<String, Shape> types, Shape untyped) implements Shape {}

    /** A shape defined elsewhere, maybe around this one. */
    record Ref(Supplier<Shape> shape) implements Shape {}

    /**
     * An object with known fields. A key that differs from a known one only in case is refused (GHSA-4gph-2hhr-5mwg): parsers that
     * ignore case would read it.
     *
     * @param named  known fields
     * @param folded their names in folded case
     * @param index  the field that numbers the object, if it has one
     */
    record Fields(Map<String, Shape> named, Set<String> folded, Shape others, Optional<String> index) implements Shape {

        Fields with(String names, Shape shape) {
            Map<String, Shape> more = new LinkedHashMap<>(named);
            for (String name : names.split(" ")) {
                more.put(name, shape);
            }
            return fields(more, others);
        }

        Fields others(Shape shape) {
            return fields(named, shape);
        }

        private static Fields fields(Map<String, Shape> named, Shape others) {
            Set<String> folded = named.keySet().stream().map(Fields::fold).collect(Collectors.toUnmodifiableSet());
            Optional<String> index = named.keySet().stream().filter(name -> named.get(name) instanceof Index).findFirst();
            return new Fields(Map.copyOf(named), folded, others, index);
        }

        static String fold(String name) {
            StringBuilder folded = new StringBuilder(name);
            for (int i = 0; i < folded.length(); i++) {
                folded.setCharAt(i, Character.toLowerCase(Character.toUpperCase(folded.charAt(i))));
            }
            return folded.toString();
        }
    }

    Shape INERT = new Inert();
    Shape SETTING = new Setting();
    Shape TEXT = new Text(PartKind.TEXT);
    Shape NAME = new Text(PartKind.NAME);
    Shape OTHER = new Leaves(PartKind.OTHER);

    /** An object, with known fields to be added; strings in unknown ones are OTHER. */
    static Fields object() {
        return Fields.fields(Map.of(), OTHER);
    }

    static Shape leaves(PartKind kind) {
        return new Leaves(kind);
    }

    static Shape mark(Uninspectable.Kind kind) {
        return new Mark(kind);
    }

    static Shape words(String words) {
        return new Words(Set.of(words.split(" ")));
    }
}
