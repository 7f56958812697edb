package dev.gatehouse.risk.judge;

import dev.gatehouse.risk.compile.CompiledRule.Asking;
import dev.gatehouse.risk.moderation.Moderator.Passage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Has one text judged by endpoints, window by window, beside the stream. Text passes on once it was judged, or up to {@code lag} UTF-16
 * units before. A judge that is several windows behind makes the stream wait.
 */
final class AskingGate implements Gate {

    private static final int MAX_OPEN = 4;
    /** What an endpoint reads again of the text before a window, so that nothing hides on a border. */
    private static final int CONTEXT = 200;

    private final List<Asking> rules;
    private final int lag;
    private final String prompt;
    private final String where;
    private final Window.Verdicts verdicts;
    private final Windows windows;
    private final Deque<Window> open = new ArrayDeque<>();
    private final StringBuilder fresh = new StringBuilder();
    private String before = "";
    private int asked;
    /** How much of what is not judged yet has passed on. */
    private int ahead;

    AskingGate(List<Asking> rules, int lag, String prompt, String where, Window.Verdicts verdicts) {
        this.rules = rules;
        this.lag = lag;
        this.prompt = prompt;
        this.where = where;
        this.verdicts = verdicts;
        this.windows = new Windows(rules.stream().mapToInt(Asking::windowSize).min().orElseThrow());
    }

    @Override
    public String feed(String text) throws InterruptedException {
        fresh.append(text);
        for (int length = windows.first(fresh); length > 0; length = windows.first(fresh)) {
            ask(length);
        }
        StringBuilder passing = new StringBuilder();
        while (open.size() > MAX_OPEN || !open.isEmpty() && open.getFirst().isJudged()) {
            settle(passing);
        }
        passAhead(passing);
        return passing.toString();
    }

    @Override
    public String end() throws InterruptedException {
        if (!fresh.toString().isBlank()) {
            ask(fresh.length());
        }
        StringBuilder passing = new StringBuilder();
        while (!open.isEmpty()) {
            settle(passing);
        }
        passing.append(fresh, Math.min(ahead, fresh.length()), fresh.length());
        fresh.setLength(0);
        return passing.toString();
    }

    @Override
    public int heldBack() {
        return open.stream().mapToInt(Window::length).sum() + fresh.length() - ahead;
    }

    @Override
    public void poll() throws InterruptedException {
        for (Window window : open) {
            if (window.isJudged()) {
                window.outcome(verdicts);
            }
        }
    }

    @Override
    public void close() {
        open.forEach(Window::cancel);
    }

    private void ask(int length) {
        String text = fresh.substring(0, length);
        fresh.delete(0, length);
        open.add(Window.ask(rules, new Passage(prompt, before, text), asked, where));
        asked += length;
        String seen = before + text;
        before = seen.substring(Math.max(0, seen.length() - CONTEXT));
    }

    private void settle(StringBuilder passing) throws InterruptedException {
        Window window = open.getFirst();
        String outcome = window.outcome(verdicts);
        open.removeFirst();
        passing.append(outcome, Math.min(ahead, outcome.length()), outcome.length());
        ahead = Math.max(0, ahead - window.length());
    }

    private void passAhead(StringBuilder passing) {
        if (lag <= ahead) {
            return;
        }
        StringBuilder unjudged = new StringBuilder();
        open.forEach(window -> unjudged.append(window.text()));
        unjudged.append(fresh);
        int upTo = Math.min(unjudged.length(), lag);
        if (upTo > 0 && Character.isHighSurrogate(unjudged.charAt(upTo - 1))) {
            upTo--;
        }
        if (upTo > ahead) {
            passing.append(unjudged, ahead, upTo);
            ahead = upTo;
        }
    }
}
