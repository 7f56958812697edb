package dev.gatehouse.guard.inspect;

import dev.gatehouse.guard.compile.CompiledGuard;
import dev.gatehouse.guard.prompt.Prompt;
import java.util.ArrayList;
import java.util.List;

/** Judges a prompt under a policy; live traffic and dry run both call this. */
public final class Judge {

    private Judge() {}

    /**
     * What the rules find in the prompt's texts, and what could not be read. A prompt that is refused unread is not inspected.
     *
     * @throws InterruptedException when the exchange timed out meanwhile
     */
    public static Judgement judge(CompiledGuard guard, Prompt prompt) throws InterruptedException {
        Judgement unread = new Judgement(List.of(), prompt.objections());
        if (unread.verdict() == Verdict.Block) {
            return unread;
        }
        Judgement inspected = Inspector.inspect(guard, prompt.pieces());
        List<Objection> objections = new ArrayList<>(prompt.objections());
        objections.addAll(inspected.objections());
        return new Judgement(inspected.hits(), objections);
    }
}
