package dev.gatehouse.text.signature;

import dev.gatehouse.text.signature.PhraseRules.PhrasePlace;
import dev.gatehouse.text.signature.PhraseRules.SequencePlace;
import dev.gatehouse.text.view.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One pass of the sequence rules over one text. For each place it is known which word filled it last; a later filling is never worse
 * than an earlier one, since gaps only have an upper bound. So each word costs the places it can fill, and nothing is tried twice.
 */
final class PhraseScan {

    private static final int RUN_TOGETHER = 14;
    private static final int SHORTEST_PART = 3;
    private static final int PARTS = 3;

    private final PhraseRules rules;
    private final String text;
    /** Number of the word that last filled a place; 0 for none, the first word is 2. */
    private final int[] phraseAt;
    private final int[] sequenceAt;
    private final int[] sequenceStart;
    private final RuleHit[] lastHit;
    private final List<RuleHit> hits = new ArrayList<>();
    private int[] wordStart = new int[64];
    private boolean[] wordOpens = new boolean[64];
    private int word = 1;
    private int wordEnd;
    private final Lexicon.Entries entries = this::fillPhrases;

    private PhraseScan(PhraseRules rules, String text) {
        this.rules = rules;
        this.text = text;
        phraseAt = new int[rules.phrasePlaces.length];
        sequenceAt = new int[rules.sequencePlaces.length];
        sequenceStart = new int[rules.sequencePlaces.length];
        lastHit = new RuleHit[rules.rules.size()];
    }

    static List<RuleHit> of(PhraseRules rules, String text) {
        PhraseScan scan = new PhraseScan(rules, text);
        Tokens.of(text, scan::read);
        Arrays.stream(scan.lastHit).filter(hit -> hit != null).forEach(scan.hits::add);
        return scan.hits;
    }

    private void read(int start, int end, boolean opens) {
        if (end - start >= RUN_TOGETHER) {
            split(start, end, opens);
        } else {
            take(start, end, opens);
        }
    }

    /** Reads words that were run together, where the rules know at least three of them; they may share a letter. Else the whole is one word. */
    private void split(int start, int end, boolean opens) {
        List<Span> parts = new ArrayList<>();
        int reached = start;
        for (int i = start; i < end; i++) {
            int to = rules.lexicon.longest(text, i, end);
            if (to > reached && to - i >= SHORTEST_PART) {
                parts.add(new Span(i, to));
                reached = to;
            }
        }
        if (parts.size() < PARTS) {
            take(start, end, opens);
        } else {
            parts.forEach(part -> take(part.start(), part.end(), opens && part.start() == start));
        }
    }

    private void take(int start, int end, boolean opens) {
        word++;
        if (word == wordStart.length) {
            wordStart = Arrays.copyOf(wordStart, word * 2);
            wordOpens = Arrays.copyOf(wordOpens, word * 2);
        }
        wordStart[word] = start;
        wordOpens[word] = opens;
        wordEnd = end;
        rules.lexicon.look(text, start, end, entries);
    }

    private void fillPhrases(int[] places) {
        for (int i = places.length - 1; i >= 0; i--) {
            PhrasePlace place = rules.phrasePlaces[places[i]];
            if (place.before() >= 0 && phraseAt[place.before()] != word - 1) {
                continue;
            }
            phraseAt[places[i]] = word;
            if (place.completes() >= 0) {
                fillSequences(rules.placesOfClass[place.completes()], word - place.length() + 1);
            }
        }
    }

    private void fillSequences(int[] places, int firstWord) {
        for (int number : places) {
            SequencePlace place = rules.sequencePlaces[number];
            if (!fits(place, firstWord)) {
                continue;
            }
            sequenceAt[number] = word;
            sequenceStart[number] = place.before() < 0 ? wordStart[firstWord] : sequenceStart[place.before()];
            if (place.completes() >= 0) {
                hit(place.completes(), sequenceStart[number]);
            }
        }
    }

    private boolean fits(SequencePlace place, int firstWord) {
        if (place.before() < 0) {
            return !place.opens() || wordOpens[firstWord];
        }
        int before = sequenceAt[place.before()];
        return before > 0 && before < firstWord && firstWord - before - 1 <= place.gap();
    }

    /** A hit that overlaps the rule's last one extends it. */
    private void hit(int rule, int start) {
        RuleHit last = lastHit[rule];
        if (last != null && start < last.end()) {
            lastHit[rule] = new RuleHit(last.rule(), Math.min(last.start(), start), wordEnd);
            return;
        }
        if (last != null) {
            hits.add(last);
        }
        lastHit[rule] = new RuleHit(rules.rules.get(rule), start, wordEnd);
    }
}
