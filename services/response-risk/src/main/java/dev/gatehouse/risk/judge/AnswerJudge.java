package dev.gatehouse.risk.judge;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.answer.Stop;
import dev.gatehouse.llm.answer.Strand;
import dev.gatehouse.llm.answer.StrandEditor;
import dev.gatehouse.llm.answer.StrandEditors;
import dev.gatehouse.policy.risk.AnswerPart;
import dev.gatehouse.policy.risk.Logprobs;
import dev.gatehouse.policy.risk.UninspectableAnswers.Content;
import dev.gatehouse.risk.asked.Asked;
import dev.gatehouse.risk.compile.CompiledRisk;
import dev.gatehouse.risk.compile.CompiledRule;
import dev.gatehouse.risk.reply.RiskReplies;
import dev.gatehouse.text.stream.AnswerRule;
import dev.gatehouse.text.stream.AnswerRules;
import dev.gatehouse.text.stream.AnswerStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Judges one answer while it comes: an editor for each of its texts, and whether it may go on. Live traffic and dry run both judge with
 * this. Belongs to one exchange and its thread.
 */
public final class AnswerJudge implements StrandEditors, AutoCloseable {

    private static final Logger LOG = System.getLogger(AnswerJudge.class.getName());
    /** An answer that repeats a finding for ever says nothing new; this bounds what is kept. */
    private static final int MAX_HITS = 1_000;

    private final CompiledRisk risk;
    private final Asked asked;
    private final RiskReplies replies;
    private final Map<AnswerPart, AnswerRules> rules = new EnumMap<>(AnswerPart.class);
    private final Set<JudgedText> open = new LinkedHashSet<>();
    private final List<Hit> hits = new ArrayList<>();
    private final List<Objection> objections = new ArrayList<>();
    private final Set<String> failures = new LinkedHashSet<>();
    private Verdict verdict = Verdict.Allow;
    private boolean broken;
    private boolean changedSinceAsked;
    private int heldBack;
    private int mostHeldBack;
    private final TokenEstimate tokens = new TokenEstimate();

    public AnswerJudge(CompiledRisk risk, Asked asked) {
        this.risk = risk;
        this.asked = asked;
        this.replies = new RiskReplies(risk.name());
    }

    // --- the rewriter's questions

    @Override
    public Optional<StrandEditor> open(Strand strand) {
        AnswerPart part = part(strand.kind());
        boolean prose = strand.form() == Strand.Form.TEXT || strand.form() == Strand.Form.JSON_VALUE;
        return Optional.of(open(part, "choice " + strand.choice() + " " + part, prose));
    }

    @Override
    public boolean keepsLogprobs() {
        return risk.policy().spec().logprobs() == Logprobs.DropWhereChanged && !changedSinceAsked;
    }

    @Override
    public Optional<Stop> stop() {
        changedSinceAsked = false;
        poll();
        if (isBroken()) {
            return Optional.of(replies.broken(usage()));
        }
        return verdict == Verdict.Block ? Optional.of(replies.stopped(judgement(), usage())) : Optional.empty();
    }

    // --- texts outside any provider's format

    /** A text that stands alone, judged as the assistant's. */
    public JudgedText text(String where) {
        return open(AnswerPart.Text, where, true);
    }

    /** The answer, or a part of it, cannot be read. */
    public void unreadable(Content content) {
        Objection objection = risk.objection(content);
        objections.add(objection);
        raise(objection.verdict());
    }

    // --- what was found

    public Judgement judgement() {
        return new Judgement(hits, objections, List.copyOf(failures));
    }

    /** Whether a rule that would have acted gave no verdict, and the policy fails closed. */
    public boolean isBroken() {
        return broken;
    }

    /** Output tokens of what came so far, estimated from its texts. */
    public long outputTokens() {
        return tokens.total();
    }

    /** UTF-16 units that waited at once, at most. */
    public int mostHeldBack() {
        return mostHeldBack;
    }

    @Override
    public void close() {
        open.forEach(JudgedText::close);
    }

    private Usage usage() {
        OptionalLong none = OptionalLong.empty();
        return new Usage(none, OptionalLong.of(tokens.total()), none, none, none, none, none);
    }

    // --- told by the texts

    void note(AnswerStream.Released released, String where) {
        for (AnswerStream.Hit hit : released.hits()) {
            note(new Hit(hit.rule().name(), effect(hit.rule().action()), where, hit.finding()));
        }
    }

    void passed(JudgedText text, String came, String goes) {
        tokens.add(came);
        changedSinceAsked |= !came.equals(goes);
        heldBack += text.heldBackSinceAsked();
        mostHeldBack = Math.max(mostHeldBack, heldBack);
        if (text.heldBack() > risk.maxBodyBytes()) {
            unreadable(Content.incompleteBodies);
        }
    }

    void ended(JudgedText text) {
        open.remove(text);
    }

    Verdict strictest() {
        return risk.strictest();
    }

    /** A rule gave no verdict; {@code effect} is what it would have done with a finding. */
    void failed(String rule, Verdict effect, String why) {
        failures.add(rule);
        broken |= effect != Verdict.Report && risk.policy().spec().failureMode() == FailureMode.FailClosed;
        LOG.log(Level.DEBUG, "no verdict: policy={0} rule={1}: {2}", risk.name(), rule, why);
    }

    private void note(Hit hit) {
        if (hits.size() < MAX_HITS || hit.effect().compareTo(verdict) > 0) {
            hits.add(hit);
            raise(hit.effect());
        }
    }

    private void raise(Verdict to) {
        verdict = to.compareTo(verdict) > 0 ? to : verdict;
    }

    private void poll() {
        if (risk.askings().isEmpty()) {
            return;
        }
        try {
            for (JudgedText text : open) {
                text.poll();
            }
        } catch (InterruptedException e) {
            throw new JudgementInterrupted();
        }
    }

    private JudgedText open(AnswerPart part, String where, boolean prose) {
        AnswerStream stream = rules.computeIfAbsent(part, this::rules).open();
        JudgedText text = new JudgedText(this, where, stream, prose ? gate(part, where) : Gate.OPEN);
        open.add(text);
        return text;
    }

    private AnswerRules rules(AnswerPart part) {
        List<AnswerRule> reading = new ArrayList<>();
        for (CompiledRule.Reading rule : risk.readings()) {
            if (rule.parts().contains(part)) {
                rule.source().detector(asked).ifPresent(detector ->
                        reading.add(new AnswerRule(rule.name(), detector, rule.minimumScore(), action(rule.effect()))));
            }
        }
        return AnswerRules.redacting(reading);
    }

    private Gate gate(AnswerPart part, String where) {
        List<CompiledRule.Asking> asking = risk.askings().stream().filter(rule -> rule.parts().contains(part)).toList();
        int lag = asking.stream().anyMatch(rule -> rule.effect() != Verdict.Report) ? risk.policy().spec().streaming().lag() : Integer.MAX_VALUE;
        return asking.isEmpty() ? Gate.OPEN : new AskingGate(asking, lag, asked.lastPrompt(), where, new Window.Verdicts() {
            @Override
            public void found(Hit hit) {
                note(hit);
            }

            @Override
            public void failed(String rule, Verdict effect, String why) {
                AnswerJudge.this.failed(rule, effect, why);
            }
        });
    }

    private static AnswerPart part(PartKind kind) {
        return switch (kind) {
            case REASONING -> AnswerPart.Reasoning;
            case REFUSAL -> AnswerPart.Refusals;
            case TOOL_ARGUMENTS -> AnswerPart.ToolCalls;
            case TEXT, DOCUMENT, TOOL_DEFINITION, TOOL_RESULT, NAME, OTHER -> AnswerPart.Text;
        };
    }

    private static AnswerRule.Action action(Verdict effect) {
        return switch (effect) {
            case Block -> AnswerRule.Action.BLOCK;
            case Mask -> AnswerRule.Action.MASK;
            case Report, Allow -> AnswerRule.Action.REPORT;
        };
    }

    private static Verdict effect(AnswerRule.Action action) {
        return switch (action) {
            case BLOCK -> Verdict.Block;
            case MASK -> Verdict.Mask;
            case REPORT -> Verdict.Report;
        };
    }
}
