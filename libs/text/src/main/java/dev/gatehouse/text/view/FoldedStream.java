package dev.gatehouse.text.view;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.ArrayList;
import java.util.List;

/**
 * One detector over the folded reading of a growing text and, from a little before the first place where the two differ, over the text
 * itself. A text that folds to itself is read once.
 */
final class FoldedStream implements DetectorStream {

    /** How much of the text before the first difference the second reader starts with. */
    private static final int RUN_UP = 512;
    private static final int KEPT = 2 * RUN_UP;

    private final StreamingDetector detector;
    private final FoldedPlaces places = new FoldedPlaces();
    private final Folding folding = new Folding(places);
    private final DetectorStream folded;
    private final StringBuilder kept = new StringBuilder();
    private final List<Finding> ofTheFolded = new ArrayList<>();
    private final List<Finding> ofTheText = new ArrayList<>();
    private DetectorStream itself;
    private int itselfFrom;
    private int differsFrom = Integer.MAX_VALUE;
    private int at;
    private int foldedSettled;
    private int itselfSettled;
    private char half;

    FoldedStream(StreamingDetector detector) {
        this.detector = detector;
        this.folded = detector.open();
    }

    @Override
    public Progress feed(CharSequence delta) {
        take(delta);
        List<Finding> found = new ArrayList<>();
        readFolded(folded.feed(folding.taken()), false, found);
        readItself(found);
        return progress(found, false);
    }

    @Override
    public Progress end() {
        if (half != 0) {
            takeOne(half, at);
            kept.append(half);
            at++;
        }
        folding.end();
        List<Finding> found = new ArrayList<>();
        readFolded(folded.feed(folding.taken()), false, found);
        readFolded(folded.end(), true, found);
        if (itself != null) {
            readItself(found);
            addOwn(itself.end().findings());
        }
        return progress(found, true);
    }

    private void take(CharSequence delta) {
        for (int i = 0; i < delta.length(); i++) {
            char next = delta.charAt(i);
            if (half != 0) {
                takePair(next);
            } else if (Character.isHighSurrogate(next)) {
                half = next;
            } else {
                takeOne(next, at);
                keep(next);
            }
        }
    }

    private void takePair(char next) {
        char first = half;
        half = 0;
        if (Character.isLowSurrogate(next)) {
            takeOne(Character.toCodePoint(first, next), at);
            keep(first);
            keep(next);
            return;
        }
        takeOne(first, at);
        keep(first);
        if (Character.isHighSurrogate(next)) {
            half = next;
        } else {
            takeOne(next, at);
            keep(next);
        }
    }

    private void takeOne(int codePoint, int place) {
        int changed = folding.take(codePoint, place);
        if (changed >= 0 && itself == null) {
            itself = detector.open();
            differsFrom = changed;
            itselfFrom = Math.max(0, changed - RUN_UP);
            kept.delete(0, kept.length() - (at - itselfFrom));
        }
    }

    private void keep(char character) {
        kept.append(character);
        at++;
        if (itself == null && kept.length() > KEPT + RUN_UP) {
            kept.delete(0, RUN_UP);
        }
    }

    private void readFolded(Progress progress, boolean ended, List<Finding> found) {
        for (Finding finding : progress.findings()) {
            Finding placed = finding.at(places.start(finding.start()), places.end(finding.end() - 1));
            found.add(placed);
            ofTheFolded.add(placed);
        }
        boolean all = progress.settled() >= places.length();
        foldedSettled = all ? ended ? at : folding.doneUpTo(at) : places.start(progress.settled());
        places.forgetBefore(Math.min(progress.settled(), places.length()));
    }

    private void readItself(List<Finding> found) {
        if (itself == null) {
            itselfSettled = foldedSettled;
            return;
        }
        Progress progress = itself.feed(kept.toString());
        kept.setLength(0);
        addOwn(progress.findings());
        itselfSettled = progress.settled() + itselfFrom;
    }

    private void addOwn(List<Finding> findings) {
        for (Finding finding : findings) {
            Finding placed = finding.at(finding.start() + itselfFrom, finding.end() + itselfFrom);
            if (placed.end() > differsFrom) {
                ofTheText.add(placed);
            }
        }
    }

    /** What the text itself shows is told when the folded reading has said all up to its end, unless that showed the same. */
    private Progress progress(List<Finding> found, boolean ended) {
        int settled = ended ? at : Math.min(foldedSettled, itselfSettled);
        List<Finding> waiting = new ArrayList<>();
        for (Finding finding : ofTheText) {
            if (!ended && finding.end() > foldedSettled) {
                waiting.add(finding);
                settled = Math.min(settled, finding.start());
            } else if (ofTheFolded.stream().noneMatch(other -> other.category().equals(finding.category()) && other.overlaps(finding))) {
                found.add(finding);
            }
        }
        ofTheText.clear();
        ofTheText.addAll(waiting);
        int keptFrom = Math.min(settled, itself == null ? settled : itselfSettled);
        ofTheFolded.removeIf(finding -> finding.end() <= keptFrom);
        found.sort((one, other) -> Integer.compare(one.start(), other.start()));
        return new Progress(found, settled);
    }
}
