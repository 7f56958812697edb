package dev.gatehouse.risk.judge;

import dev.gatehouse.llm.answer.StrandEditor;
import dev.gatehouse.text.stream.AnswerStream;

/**
 * One text of an answer under judgement: what may pass of it, masked. When a detector fails under a policy that fails open, all that is
 * held and all that follows passes as it came.
 */
public final class JudgedText implements StrandEditor {

    private final AnswerJudge judge;
    private final String where;
    private final AnswerStream stream;
    private final Gate gate;
    /** The end of what came, as much as is held back. */
    private final StringBuilder tail = new StringBuilder();
    private boolean given;
    private int heldBackAsTold;

    JudgedText(AnswerJudge judge, String where, AnswerStream stream, Gate gate) {
        this.judge = judge;
        this.where = where;
        this.stream = stream;
        this.gate = gate;
    }

    @Override
    public String feed(String delta) {
        return pass(delta, false);
    }

    @Override
    public String end() {
        String rest = pass("", true);
        judge.ended(this);
        return rest;
    }

    /** UTF-16 units that came and wait. */
    int heldBack() {
        return given ? 0 : stream.heldBack() + gate.heldBack();
    }

    /** How many more units wait than when this was asked last. */
    int heldBackSinceAsked() {
        int more = heldBack() - heldBackAsTold;
        heldBackAsTold += more;
        return more;
    }

    void poll() throws InterruptedException {
        gate.poll();
    }

    void close() {
        gate.close();
    }

    private String pass(String delta, boolean end) {
        if (given) {
            return delta;
        }
        tail.append(delta);
        try {
            String released = throughRules(delta, end);
            String passing = end ? gate.feed(released) + gate.end() : gate.feed(released);
            judge.passed(this, delta, passing);
            return passing;
        } catch (InterruptedException e) {
            throw new JudgementInterrupted();
        } catch (RuntimeException e) {
            return giveUp(e);
        }
    }

    private String throughRules(String delta, boolean end) {
        AnswerStream.Released released = stream.feed(delta);
        judge.note(released, where);
        String text = released.text();
        if (end) {
            AnswerStream.Released rest = stream.end();
            judge.note(rest, where);
            text += rest.text();
        }
        tail.delete(0, Math.max(0, tail.length() - stream.heldBack()));
        return text;
    }

    private String giveUp(RuntimeException cause) {
        judge.failed("detectors", judge.strictest(), cause.getClass().getName());
        given = true;
        gate.close();
        return tail.toString();
    }
}
