package dev.gatehouse.llm;

import static dev.gatehouse.llm.Shape.NAME;
import static dev.gatehouse.llm.Shape.SETTING;
import static dev.gatehouse.llm.Shape.leaves;
import static dev.gatehouse.llm.Shape.object;
import static dev.gatehouse.llm.Shape.words;

/** Shapes that several formats share. */
final class Shapes {

    private Shapes() {}

    /** The field {@code role}, which gives the role of all text in its object. */
    static final Shape ROLE = new Shape.Words(Role.WORDS);

    /** A field that gives the number of all text in its object. */
    static final Shape INDEX = new Shape.Index();

    static final Shape UNKNOWN_PART = new Shape.MarkAnd(Uninspectable.Kind.UNKNOWN_PART, Shape.OTHER);

    static final Shape DEFINITION = leaves(PartKind.TOOL_DEFINITION);

    /** A JSON Schema. What a model may read of it: names, titles, descriptions, enums, defaults, examples. */
    static final Shape SCHEMA = new Shape.As(Role.TOOL, new Shape.Ref(Shapes::schema));

    private static final Shape SCHEMA_TYPE = words("object array string number integer boolean null type_unspecified");

    private static final Shape.Fields SCHEMA_FIELDS = object()
            .with("type", SCHEMA_TYPE)
            .with("$schema $id $anchor format minimum maximum minLength maxLength minItems maxItems uniqueItems nullable multipleOf", SETTING)
            .with("required propertyOrdering", NAME)
            .with("properties $defs definitions patternProperties dependentSchemas", new Shape.MapOf(new Shape.Ref(Shapes::schema)))
            .with("items prefixItems anyOf oneOf allOf not additionalProperties if then else contains propertyNames",
                    new Shape.Ref(Shapes::schema))
            .others(DEFINITION);

    private static Shape schema() {
        return SCHEMA_FIELDS;
    }

    /** A text, or content parts. */
    static Shape content(Shape part) {
        return new Shape.OneOf(Shape.TEXT, part);
    }
}
