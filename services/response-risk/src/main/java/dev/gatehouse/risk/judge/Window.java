package dev.gatehouse.risk.judge;

import dev.gatehouse.risk.compile.CompiledRule.Asking;
import dev.gatehouse.risk.moderation.ModerationFailed;
import dev.gatehouse.risk.moderation.Moderator.Passage;
import dev.gatehouse.risk.moderation.Opinion;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.AnswerRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A stretch of a text that endpoints are asked about, each on a thread of its own. */
final class Window {

    /** A finding's detector. */
    static final String DETECTOR = "moderation";

    private final String text;
    private final int start;
    private final String where;
    private final Map<Asking, FutureTask<Opinion>> asked = new LinkedHashMap<>();
    private boolean noted;
    private String outcome;

    /** Where verdicts are noted. */
    interface Verdicts {
        void found(Hit hit);

        void failed(String rule, Verdict effect, String why);
    }

    private Window(String text, int start, String where) {
        this.text = text;
        this.start = start;
        this.where = where;
        this.outcome = text;
    }

    /** Asks; {@code start} is where the stretch begins in its text. */
    static Window ask(Iterable<Asking> rules, Passage passage, int start, String where) {
        Window window = new Window(passage.text(), start, where);
        for (Asking rule : rules) {
            FutureTask<Opinion> question = new FutureTask<>(() -> rule.moderator().judge(passage));
            window.asked.put(rule, question);
            Thread.ofVirtual().start(question);
        }
        return window;
    }

    int length() {
        return text.length();
    }

    String text() {
        return text;
    }

    boolean isJudged() {
        return asked.values().stream().allMatch(FutureTask::isDone);
    }

    /** Waits for the verdicts and notes them. */
    String outcome(Verdicts verdicts) throws InterruptedException {
        if (!noted) {
            noted = true;
            for (Map.Entry<Asking, FutureTask<Opinion>> question : asked.entrySet()) {
                note(question.getKey(), question.getValue(), verdicts);
            }
        }
        return outcome;
    }

    void cancel() {
        asked.values().forEach(question -> question.cancel(true));
    }

    private void note(Asking rule, FutureTask<Opinion> question, Verdicts verdicts) throws InterruptedException {
        try {
            note(rule, question.get(), verdicts);
        } catch (ExecutionException e) {
            verdicts.failed(rule.name(), rule.effect(), e.getCause() instanceof ModerationFailed failed ? failed.getMessage() : e.getCause().getClass().getName());
        }
    }

    private void note(Asking rule, Opinion opinion, Verdicts verdicts) {
        for (Opinion.Objection objection : opinion.objections()) {
            if (objection.score() >= rule.minimumScore()) {
                Finding finding = new Finding(DETECTOR, objection.category(), objection.score(), start, start + text.length());
                verdicts.found(new Hit(rule.name(), rule.effect(), where, finding));
                mask(rule, opinion, finding);
            }
        }
    }

    private void mask(Asking rule, Opinion opinion, Finding finding) {
        if (rule.effect() == Verdict.Mask) {
            outcome = opinion.replacement().orElseGet(() -> AnswerRules.redacted(finding) + space());
        }
    }

    /** The space that the stretch ends with, so that what follows does not stick to it. */
    private String space() {
        return text.substring(text.stripTrailing().length());
    }
}
