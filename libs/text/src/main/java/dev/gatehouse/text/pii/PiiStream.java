package dev.gatehouse.text.pii;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.GrowingText;
import java.util.List;

/**
 * Personal data in one growing text. Each recogniser goes from seed to seed; where it looks past what is known, it waits and asks
 * again when more has come. So what it says of a seed never depends on how the text was cut.
 */
final class PiiStream implements DetectorStream {

    /** Farther back than any recogniser looks from where a finding starts: the words around it, and a URL before a mailbox. */
    private static final int LOOK_BEHIND = 192;

    private final GrowingText text = new GrowingText();
    private final Seeds seeds = new Seeds(text);
    private final List<Recogniser> recognisers;
    private final List<CustomEntities.Finder> custom;
    private final Reach reach;
    private final int[] next;
    private final int[] past;
    private final Findings findings;

    PiiStream(List<Recogniser> recognisers, CustomEntities customEntities, Reach reach, Findings findings) {
        this.recognisers = recognisers;
        custom = customEntities.in(text);
        this.reach = reach;
        this.findings = findings;
        next = new int[recognisers.size()];
        past = new int[recognisers.size()];
    }

    @Override
    public Progress feed(CharSequence delta) {
        text.append(delta);
        return read();
    }

    @Override
    public Progress end() {
        text.end();
        return read();
    }

    private Progress read() {
        seeds.read();
        for (int i = 0; i < next.length; i++) {
            recognise(i);
        }
        for (int i = 0; i < custom.size(); i++) {
            custom.get(i).find(next.length + i, findings);
        }
        int closed = closed();
        List<Finding> settled = findings.unsettled().settle(closed);
        int upTo = findings.unsettled().settledUpTo(closed);
        forget(upTo);
        return new Progress(settled, upTo);
    }

    private void recognise(int number) {
        Recogniser recogniser = recognisers.get(number);
        for (int size = seeds.of(recogniser.kind()).size(); next[number] < size; next[number]++) {
            text.clearNotes();
            int end = recogniser.find().at(text, seeds, next[number], past[number], findings);
            if (text.lookedBeyond()) {
                findings.discard();
                break;
            }
            past[number] = end;
            findings.accept(number);
        }
    }

    /** The index from which on something may begin that is not known yet. */
    private int closed() {
        if (text.ended()) {
            return text.length();
        }
        int first = text.length();
        for (int i = 0; i < next.length; i++) {
            Seeds.Indices places = seeds.of(recognisers.get(i).kind());
            first = next[i] < places.size() ? Math.min(first, places.get(next[i])) : first;
        }
        int closed = next.length == 0 ? text.length() : reach.before(text, text.length());
        for (CustomEntities.Finder finder : custom) {
            closed = Math.min(closed, finder.settled());
        }
        return first < text.length() ? Math.min(closed, reach.before(text, first)) : closed;
    }

    private void forget(int upTo) {
        text.forgetBefore(Math.max(0, upTo - LOOK_BEHIND));
        for (Seeds.Kind kind : Seeds.Kind.values()) {
            seeds.dropBefore(kind, firstOpen(kind));
        }
    }

    /** The first seed of a kind that some recogniser has not said all of. */
    private int firstOpen(Seeds.Kind kind) {
        int first = seeds.of(kind).size();
        for (int i = 0; i < next.length; i++) {
            first = recognisers.get(i).kind() == kind ? Math.min(first, next[i]) : first;
        }
        return first;
    }
}
