package dev.gatehouse.llm;

import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import dev.gatehouse.llm.json.JsonValue.Member;
import dev.gatehouse.llm.json.MalformedJson;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Applies the shape of a format to a document and collects its texts and what cannot be read. */
final class ShapeWalk {

    /** What the texts of a document are, and what of it cannot be read. */
    record Found(List<TextPart> parts, List<Uninspectable> uninspectable, List<Unread> unread) {}

    /** What holds for a subtree; {@code list} is where the innermost list starts. */
    private record Context(Role role, int index, int list) {

        Context spokenBy(Role speaker) {
            return new Context(speaker, index, list);
        }

        Context in(JsonValue inner) {
            return new Context(role, index, inner.start());
        }
    }

    /** The kind decides, not the number: a request with a million images names the first few of them. */
    private static final int MAX_MARKS = 16;

    private final Map<Uninspectable.Kind, Integer> marks = new EnumMap<>(Uninspectable.Kind.class);
    private final List<TextPart> parts = new ArrayList<>();
    private final List<Uninspectable> uninspectable = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();

    private ShapeWalk() {}

    static Found walk(Shape shape, Role role, JsonValue root) throws MalformedJson {
        ShapeWalk walk = new ShapeWalk();
        walk.visit(shape, root, new Context(role, 0, 0));
        return new Found(List.copyOf(walk.parts), List.copyOf(walk.uninspectable), List.copyOf(walk.unread));
    }

    private void visit(Shape shape, JsonValue value, Context context) throws MalformedJson {
        switch (shape) {
            case Shape.Inert inert -> { }
            case Shape.Index index -> { }
            case Shape.Setting setting -> setting(value, context);
            case Shape.Text text -> leaves(value, text.kind(), context);
            case Shape.Leaves leaves -> leaves(value, leaves.kind(), context);
            case Shape.Encoded encoded -> encoded(value, encoded.kind(), context);
            case Shape.Words words -> words(value, words, context);
            case Shape.Mark mark -> mark(value, mark.kind());
            case Shape.MarkAnd both -> markAnd(both, value, context);
            case Shape.TextOrTokens either -> textOrTokens(value, context);
            case Shape.OneOf either -> oneOf(either, value, context);
            case Shape.As as -> visit(as.shape(), value, context.spokenBy(as.role()));
            case Shape.MapOf map -> mapOf(map, value, context);
            case Shape.ByType types -> byType(types, value, context);
            case Shape.Ref ref -> visit(ref.shape().get(), value, context);
            case Shape.Fields fields -> fields(fields, value, context);
        }
    }

    private void leaves(JsonValue value, PartKind kind, Context context) {
        for (JsonValue leaf : value.stringsAndKeys()) {
            add(leaf, leaf.is(Kind.KEY) ? PartKind.NAME : kind, context, Optional.empty());
        }
    }

    private void setting(JsonValue value, Context context) {
        for (JsonValue leaf : value.stringsAndKeys()) {
            if (!Shape.Words.isPlain(leaf.raw())) {
                add(leaf, PartKind.OTHER, context, Optional.empty());
            }
        }
    }

    private void encoded(JsonValue value, PartKind kind, Context context) {
        Optional<JsonDocument> inside = value.string().flatMap(JsonDocument::parseInner).filter(ShapeWalk::isContainer);
        if (inside.isEmpty()) {
            leaves(value, kind, context);
            return;
        }
        for (JsonValue leaf : inside.get().root().stringsAndKeys()) {
            add(value, leaf.is(Kind.KEY) ? PartKind.NAME : kind, context, Optional.of(leaf));
        }
    }

    private static boolean isContainer(JsonDocument document) {
        return document.root().is(Kind.OBJECT) || document.root().is(Kind.ARRAY);
    }

    private void words(JsonValue value, Shape.Words words, Context context) {
        if (!value.is(Kind.STRING) || !words.known().contains(value.text().toLowerCase(Locale.ROOT))) {
            leaves(value, PartKind.OTHER, context);
        }
    }

    private void mark(JsonValue value, Uninspectable.Kind kind) {
        if (!value.isPresent()) {
            return;
        }
        unread.add(new Unread(kind, value));
        if (marks.merge(kind, 1, Integer::sum) <= MAX_MARKS) {
            uninspectable.add(new Uninspectable(kind, value.pointer()));
        }
    }

    private void markAnd(Shape.MarkAnd both, JsonValue value, Context context) throws MalformedJson {
        mark(value, both.kind());
        visit(both.shape(), value, context);
    }

    private void textOrTokens(JsonValue value, Context context) {
        if (holdsNumbers(value)) {
            mark(value, Uninspectable.Kind.TOKENS);
        }
        leaves(value, PartKind.TEXT, context);
    }

    private static boolean holdsNumbers(JsonValue value) {
        for (JsonValue element : value.elements()) {
            if (element.is(Kind.NUMBER) || element.is(Kind.ARRAY) && holdsNumbers(element)) {
                return true;
            }
        }
        return value.is(Kind.NUMBER);
    }

    private void oneOf(Shape.OneOf either, JsonValue value, Context context) throws MalformedJson {
        if (value.is(Kind.ARRAY)) {
            each(either, value, context);
        } else {
            visit(value.is(Kind.STRING) ? either.string() : either.object(), value, context);
        }
    }

    private void each(Shape shape, JsonValue array, Context context) throws MalformedJson {
        for (JsonValue element : array.elements()) {
            visit(shape, element, context.in(array));
        }
    }

    private void mapOf(Shape.MapOf map, JsonValue value, Context context) throws MalformedJson {
        if (!value.is(Kind.OBJECT)) {
            leaves(value, PartKind.OTHER, context);
            return;
        }
        for (Member member : value.members()) {
            add(member.key(), PartKind.NAME, context, Optional.empty());
            visit(map.values(), member.value(), context);
        }
    }

    private void byType(Shape.ByType types, JsonValue value, Context context) throws MalformedJson {
        if (!value.is(Kind.OBJECT)) {
            arrayOrOther(types, value, context);
            return;
        }
        Optional<String> type = value.get(types.field()).string();
        Shape shape = type.map(types.types()::get).orElse(type.isPresent() ? Shapes.UNKNOWN_PART : types.untyped());
        visit(shape, value, context);
    }

    private void arrayOrOther(Shape shape, JsonValue value, Context context) throws MalformedJson {
        if (value.is(Kind.ARRAY)) {
            each(shape, value, context);
        } else {
            leaves(value, PartKind.OTHER, context);
        }
    }

    private void fields(Shape.Fields fields, JsonValue value, Context context) throws MalformedJson {
        if (!value.is(Kind.OBJECT)) {
            arrayOrOther(fields, value, context);
            return;
        }
        Context own = own(fields, value, context);
        for (Member member : value.members()) {
            String name = member.name();
            Shape shape = fields.named().get(name);
            if (shape == null && fields.folded().contains(Shape.Fields.fold(name))) {
                throw new MalformedJson(MalformedJson.Reason.CASE_VARIANT_KEY, member.key().start() - 1);
            }
            visit(shape == null ? fields.others() : shape, member.value(), own);
        }
    }

    /** The role and number that the object says of itself hold for everything in it, also for what stands before them. */
    private static Context own(Shape.Fields fields, JsonValue value, Context context) {
        Context own = context;
        if (fields.named().get("role") == Shapes.ROLE) {
            own = context.spokenBy(value.get("role").string().map(Role::of).orElse(context.role));
        }
        if (fields.index().isPresent()) {
            own = new Context(own.role, (int) value.get(fields.index().get()).integer().orElse(context.index), own.list);
        }
        return own;
    }

    private void add(JsonValue value, PartKind kind, Context context, Optional<JsonValue> inner) {
        PartKind spoken = kind == PartKind.TEXT && context.role == Role.TOOL ? PartKind.TOOL_RESULT : kind;
        parts.add(new TextPart(context.role, spoken, context.index, context.list, value, inner));
    }
}
