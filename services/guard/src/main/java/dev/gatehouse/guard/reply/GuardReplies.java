package dev.gatehouse.guard.reply;

import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.guard.inspect.Hit;
import dev.gatehouse.guard.inspect.Judgement;
import dev.gatehouse.guard.inspect.Objection;
import dev.gatehouse.guard.inspect.Verdict;
import dev.gatehouse.guard.prompt.Prompt;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Formats;
import dev.gatehouse.llm.ProviderErrors;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What a client reads when its request does not go on; {@code policy} is {@code namespace/name}. */
public record GuardReplies(String policy) {

    private static final int BLOCKED = 400;
    private static final int FAILED = 503;

    /** The refusal of a prompt whose judgement is Block. */
    public LocalReply blocked(RequestHead head, Prompt prompt, Judgement judgement) {
        ProviderErrors errors = prompt.request().map(ProviderErrors::of).orElseGet(() -> ProviderErrors.of(format(head)));
        List<Objection> objections = judgement.objections().stream().filter(objection -> objection.verdict() == Verdict.Block).toList();
        return objections.isEmpty() ? byRules(errors, judgement.hits(Verdict.Block)) : byObjection(errors, objections);
    }

    /** The answer when the guard itself failed and the policy fails closed. */
    public LocalReply failed(RequestHead head, Failure failure) {
        ProviderErrors errors = ProviderErrors.of(format(head));
        return switch (failure) {
            case Failure.TimedOut timeout -> errors.reply(FAILED, "guard_timeout", "Not judged in time under policy " + policy + "; try again");
            case Failure.Threw threw -> errors.reply(FAILED, "guard_error", "Could not be judged under policy " + policy);
            case Failure.Impossible impossible -> errors.reply(FAILED, "unsupported_by_attachment",
                    "Policy " + policy + " needs " + impossible.missing() + ", which this attachment cannot do");
        };
    }

    private LocalReply byRules(ProviderErrors errors, List<Hit> hits) {
        String rules = hits.stream()
                .map(hit -> hit.rule().name() + " (" + hit.finding().detector() + " " + hit.finding().category() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
        return errors.reply(BLOCKED, "prompt_blocked", "Blocked by policy " + policy + ", rule " + rules);
    }

    private LocalReply byObjection(ProviderErrors errors, List<Objection> objections) {
        Objection gravest = objections.stream().max(Comparator.comparingInt(Objection::status)).orElseThrow();
        return errors.reply(gravest.status(), gravest.code(), "Blocked by policy " + policy + ": " + gravest.message());
    }

    private static Format format(RequestHead head) {
        String type = head.headers().first("content-type").orElse("application/json");
        return Formats.recognise(head.method(), head.path(), type).orElse(Format.OPENAI_CHAT);
    }
}
