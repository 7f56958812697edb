package dev.gatehouse.text.secret;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.keyword.KeywordAutomaton;
import dev.gatehouse.text.pattern.OpenMatches;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.GrowingText;
import dev.gatehouse.text.stream.Unsettled;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Secrets in one growing text. A keyword wakes the rules that have it; each of them then follows its own open matches. Before a
 * keyword has come, text waits only that may be its beginning, or the beginning of a match that has its keyword inside.
 */
final class SecretStream implements DetectorStream {

    private static final int ROLES_KEPT = 256;
    /** Long deltas are read in pieces, so that what is matched again stays short. */
    private static final int PIECE = 1024;
    private static final int ASSIGNMENTS = -1;

    private final SecretDetector detector;
    private final GrowingText text = new GrowingText();
    private final KeywordAutomaton.Cursor keywords;
    private final KeywordAutomaton.Cursor beginnings;
    private final OpenMatches before;
    private final TreeMap<Integer, Search> searches = new TreeMap<>();
    private final List<Spot> roles = new ArrayList<>();
    private final List<Spot> unread = new ArrayList<>();
    private final Unsettled unsettled = new Unsettled();
    private int read;
    private int settled;

    /** @param holds whether it matters how early text is settled; a whole text has no need of that */
    SecretStream(SecretDetector detector, boolean holds) {
        this.detector = detector;
        keywords = detector.automaton().cursor();
        beginnings = detector.beginnings().cursor();
        before = holds ? detector.before().follow(detector.longestBefore()) : null;
    }

    @Override
    public Progress feed(CharSequence delta) {
        List<Finding> found = new ArrayList<>();
        for (int from = 0; from == 0 || from < delta.length(); from += PIECE) {
            text.append(delta, from, Math.min(delta.length(), from + PIECE));
            read(found);
        }
        return new Progress(found, settled);
    }

    @Override
    public Progress end() {
        text.end();
        List<Finding> found = new ArrayList<>();
        return new Progress(found, read(found));
    }

    private int read(List<Finding> found) {
        for (int length = text.length(); read < length; read++) {
            char c = text.charAt(read);
            keywords.read(c, read, this::keyword);
            if (before != null) {
                beginnings.read(c, read, (keyword, end) -> { });
                before.read(c, read);
            }
        }
        assignments();
        searches.forEach((rule, search) -> {
            List<Finding> certain = new ArrayList<>();
            search.read(certain);
            certain.forEach(finding -> unsettled.add(rule, finding));
        });
        int open = open();
        found.addAll(unsettled.settle(open));
        settled = unsettled.settledUpTo(open);
        forget();
        return settled;
    }

    private void keyword(int keyword, int end) {
        Spot spot = detector.spot(keyword, end);
        if (detector.isRole(keyword)) {
            roles.add(spot);
            unread.add(spot);
            searches.values().forEach(search -> search.role(spot));
        }
        for (int rule : detector.rulesOf(keyword)) {
            searches.computeIfAbsent(rule, first -> detector.search(rule, text, roles)).keyword(spot);
        }
    }

    private void assignments() {
        for (int i = 0; i < unread.size(); i++) {
            text.clearNotes();
            detector.assignments().at(text, unread.get(i)).filter(any -> !text.lookedBeyond())
                    .ifPresent(finding -> unsettled.add(ASSIGNMENTS, finding));
            if (!text.lookedBeyond()) {
                unread.remove(i--);
            }
        }
    }

    private int open() {
        int length = text.length();
        if (text.ended()) {
            return length;
        }
        int open = before == null ? length : Math.min(length - beginnings.depth(), Math.min(length, before.openGroup()));
        for (Search search : searches.values()) {
            open = Math.min(open, search.settled());
        }
        for (Spot role : unread) {
            open = Math.min(open, AssignmentScan.valueStart(text, role));
        }
        return Math.max(open, settled);
    }

    private void forget() {
        searches.values().removeIf(Search::isIdle);
        roles.removeIf(role -> role.end() + ROLES_KEPT < settled);
        int needed = searches.values().stream().mapToInt(Search::needed).reduce(settled, Math::min);
        text.forgetBefore(Math.max(0, needed - detector.lookBehind()));
    }
}
