package dev.gatehouse.text.stream;

import dev.gatehouse.text.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One text on its way to the client: what may pass of it, masked, and what was found. What passes, put together, is the same whatever
 * the deltas. A character's two halves pass together. Not thread-safe.
 */
public final class AnswerStream {

    private final AnswerRules rules;
    private final List<DetectorStream> streams;
    private final int[] settled;
    private final StringBuilder held = new StringBuilder();
    /** Of the masking rules, with text not yet released; by start. */
    private final List<Finding> masks = new ArrayList<>();
    private int released;
    /** Where the first finding of a blocking rule starts. */
    private int block = Integer.MAX_VALUE;
    private boolean blocked;
    private boolean ended;

    /**
     * A rule found something. Never holds the text.
     *
     * @param rule    whose finding it is
     * @param finding where, in UTF-16 units from the start of the text that came in
     */
    public record Hit(AnswerRule rule, Finding finding) {
    }

    /**
     * What a delta led to.
     *
     * @param text    that passes on now, masked
     * @param hits    that became certain now
     * @param blocked a blocking rule has found something and all before it has passed: nothing more does. A hit of the rule may come
     *                earlier than this, and the caller may stop at it
     */
    public record Released(String text, List<Hit> hits, boolean blocked) {

        public Released {
            hits = List.copyOf(hits);
        }

        /** This, then that. */
        public Released and(Released next) {
            return new Released(text + next.text, Stream.concat(hits.stream(), next.hits.stream()).toList(), blocked || next.blocked);
        }

        /** Shows lengths and counts, never the text. */
        @Override
        public String toString() {
            return "Released[" + text.length() + " chars, " + hits.size() + " hits" + (blocked ? ", blocked]" : "]");
        }
    }

    AnswerStream(AnswerRules rules) {
        this.rules = rules;
        streams = rules.rules().stream().map(rule -> rule.detector().open()).toList();
        settled = new int[streams.size()];
    }

    /** More of the text. After a block nothing is read any more. */
    public Released feed(CharSequence delta) {
        if (blocked) {
            return new Released("", List.of(), true);
        }
        held.append(delta);
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            take(i, streams.get(i).feed(delta), hits);
        }
        return release(hits, settled());
    }

    /** No more text comes: the rest passes. */
    public Released end() {
        if (blocked) {
            return new Released("", List.of(), true);
        }
        ended = true;
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            take(i, streams.get(i).end(), hits);
        }
        return release(hits, released + held.length());
    }

    /** UTF-16 units that came and wait. */
    public int heldBack() {
        return held.length();
    }

    private void take(int number, DetectorStream.Progress progress, List<Hit> hits) {
        AnswerRule rule = rules.rules().get(number);
        settled[number] = progress.settled();
        for (Finding finding : progress.findings()) {
            if (finding.score() >= rule.minimumScore()) {
                hits.add(new Hit(rule, finding));
            }
        }
    }

    private int settled() {
        int all = released + held.length();
        for (int i = 0; i < settled.length; i++) {
            all = rules.rules().get(i).holdsBack() ? Math.min(all, settled[i]) : all;
        }
        return all;
    }

    private Released release(List<Hit> hits, int settled) {
        for (Hit hit : hits) {
            switch (hit.rule().action()) {
                case MASK -> masks.add(hit.finding());
                case BLOCK -> block = Math.min(block, hit.finding().start());
                case REPORT -> { }
            }
        }
        masks.sort(Comparator.comparingInt(Finding::start));
        StringBuilder text = new StringBuilder();
        pass(Math.min(settled, block), text);
        blocked = settled >= block;
        return new Released(text.toString(), hits, blocked);
    }

    /** Overlapping masks are replaced as one, in the way of the surest; one that is not all settled waits. */
    private void pass(int upTo, StringBuilder out) {
        while (!masks.isEmpty() && masks.getFirst().start() < upTo) {
            int count = stretch();
            List<Finding> stretch = masks.subList(0, count);
            int end = stretch.stream().mapToInt(Finding::end).max().orElseThrow();
            copy(stretch.getFirst().start(), out);
            if (end > upTo) {
                return;
            }
            Finding surest = stretch.stream().reduce((a, b) -> b.score() > a.score() ? b : a).orElseThrow();
            out.append(rules.replacement().apply(surest));
            drop(end);
            stretch.clear();
        }
        copy(character(upTo), out);
    }

    /** How many of the first masks overlap, one with the next. */
    private int stretch() {
        int end = masks.getFirst().end();
        int count = 1;
        while (count < masks.size() && masks.get(count).start() < end) {
            end = Math.max(end, masks.get(count++).end());
        }
        return count;
    }

    /** The offset, or one less where a character would be cut in two and its second half may still come. */
    private int character(int offset) {
        int at = offset - released;
        boolean cut = at > 0 && Character.isHighSurrogate(held.charAt(at - 1)) && !ended;
        return cut ? offset - 1 : offset;
    }

    private void copy(int to, StringBuilder out) {
        if (to > released) {
            out.append(held, 0, to - released);
            drop(to);
        }
    }

    private void drop(int to) {
        held.delete(0, to - released);
        released = to;
    }
}
