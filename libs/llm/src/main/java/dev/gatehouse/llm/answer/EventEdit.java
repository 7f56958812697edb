package dev.gatehouse.llm.answer;

import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.ResponseDocument;
import dev.gatehouse.llm.TextPart;
import dev.gatehouse.llm.json.Edit;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import dev.gatehouse.llm.stream.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The edits of one event: each marked text goes through its editor, and what was held comes out with it or before it. */
final class EventEdit implements Marks {

    /** What a text was held back of, to be sent in an event of its own before this one. */
    record Rest(LiveStrand strand, String text) {}

    /** A text in this event and what becomes of it. */
    private static final class Place {
        private final JsonValue value;
        private final String before;
        private final StringBuilder after = new StringBuilder();

        private Place(JsonValue value, String before) {
            this.value = value;
            this.before = before;
        }

        private boolean isChanged() {
            return after.compareTo(new StringBuilder(before)) != 0;
        }

        private Edit edit() {
            return value.is(Kind.STRING) ? Edit.ofString(value, after.toString())
                    : new Edit(value.start(), value.end(), after.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private final Frame frame;
    private final ResponseDocument document;
    private final Strands strands;
    private final BooleanSupplier keepsLogprobs;
    private final long inserted;
    private final TreeMap<Integer, Place> places = new TreeMap<>();
    private final Map<LiveStrand, Place> grown = new LinkedHashMap<>();
    private final List<Edit> others = new ArrayList<>();
    private final List<Rest> rests = new ArrayList<>();
    private JsonValue number;

    /** @param inserted how many events were inserted into the stream before */
    EventEdit(Frame frame, ResponseDocument document, Strands strands, BooleanSupplier keepsLogprobs, long inserted) {
        this.frame = frame;
        this.document = document;
        this.strands = strands;
        this.keepsLogprobs = keepsLogprobs;
        this.inserted = inserted;
    }

    @Override
    public void grows(Strand strand, JsonValue piece) {
        if (!piece.is(Kind.STRING)) {
            return;
        }
        Place place = place(piece, piece.text());
        if (piece.isPresent()) {
            LiveStrand live = strands.growing(strand);
            place.after.append(live.feed(place.before));
            live.grewIn(frame, document.root());
            grown.put(live, place);
        } else {
            strands.known(strand).ifPresent(live -> grown.put(live, place));
        }
    }

    @Override
    public void once(Strand strand, JsonValue whole) {
        boolean object = whole.is(Kind.OBJECT) || whole.is(Kind.ARRAY);
        if (!object && !whole.is(Kind.STRING)) {
            return;
        }
        Place place = place(whole, object ? whole.raw() : whole.text());
        LiveStrand live = strands.single(strand);
        place.after.append(live.feed(place.before)).append(live.end());
    }

    @Override
    public void repeats(Strand strand, JsonValue whole) {
        if (!whole.is(Kind.STRING) || !whole.isPresent()) {
            return;
        }
        ends(strand::equals);
        Place place = place(whole, whole.text());
        place.after.append(strands.known(strand).filter(known -> known.cameAs(place.before))
                .map(LiveStrand::edited).orElseGet(() -> editWhole(strand, place.before)));
    }

    private String editWhole(Strand strand, String whole) {
        LiveStrand live = strands.open(strand);
        return live.feed(whole) + live.end();
    }

    private Place place(JsonValue value, String text) {
        Place place = new Place(value, text);
        places.put(value.start(), place);
        return place;
    }

    @Override
    public void ends(Predicate<Strand> which) {
        for (LiveStrand live : strands.open(which)) {
            String rest = live.end();
            Place here = grown.get(live);
            if (here != null) {
                here.after.append(rest);
            } else if (!rest.isEmpty()) {
                rests.add(new Rest(live, rest));
            }
        }
    }

    @Override
    public void logprobs(JsonValue value, String none) {
        if (value.isPresent() && !keepsLogprobs.getAsBoolean()) {
            others.add(new Edit(value.start(), value.end(), none.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Override
    public void number(JsonValue sequenceNumber) {
        if (sequenceNumber.integer().isPresent()) {
            number = sequenceNumber;
        }
    }

    /** Texts that no mark named: those of a provider's own tools, citations, and in places that the format does not know. */
    void takeOtherTexts() {
        for (TextPart part : document.parts()) {
            if (part.kind() != PartKind.NAME && !isMarked(part.string())) {
                Strand strand = Strand.text(part.index(), part.kind(), "other");
                once(part.innerPath().isEmpty() ? strand : strand.as(Strand.Form.JSON), part.string());
            }
        }
    }

    private boolean isMarked(JsonValue string) {
        Map.Entry<Integer, Place> before = places.floorEntry(string.start());
        return before != null && string.end() <= before.getValue().value.end();
    }

    List<Rest> rests() {
        return rests;
    }

    /** The number of the next event that is inserted before this one, given how many were already. */
    long numberBefore(int already) {
        return number.integer().getAsLong() + inserted + already;
    }

    boolean isNumbered() {
        return number != null;
    }

    /**
     * The frame with its edits; the same one if there are none.
     *
     * @param before how many events are inserted right before it
     */
    Frame edited(int before) {
        List<Edit> edits = new ArrayList<>(others);
        places.values().stream().filter(Place::isChanged).map(Place::edit).forEach(edits::add);
        long shift = inserted + before;
        if (isNumbered() && shift > 0) {
            byte[] shifted = Long.toString(number.integer().getAsLong() + shift).getBytes(StandardCharsets.US_ASCII);
            edits.add(new Edit(number.start(), number.end(), shifted));
        }
        return edits.isEmpty() ? frame : frame.withJson(Edit.apply(document.root().document().bytes(), edits));
    }
}
