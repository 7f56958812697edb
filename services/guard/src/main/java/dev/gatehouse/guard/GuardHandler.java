package dev.gatehouse.guard;

import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Handler;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.Placeholders;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.Response;
import dev.gatehouse.exchange.ResponseVerdict;
import dev.gatehouse.guard.compile.CompiledGuard;
import dev.gatehouse.guard.inspect.Hit;
import dev.gatehouse.guard.inspect.Judge;
import dev.gatehouse.guard.inspect.Judgement;
import dev.gatehouse.guard.inspect.Verdict;
import dev.gatehouse.guard.mask.Masker;
import dev.gatehouse.guard.prompt.Prompt;
import dev.gatehouse.guard.prompt.PromptReader;
import dev.gatehouse.guard.reply.GuardReplies;
import dev.gatehouse.guard.telemetry.GuardTelemetry;
import dev.gatehouse.guard.unmask.Unmasker;
import dev.gatehouse.guard.vault.ConversationMemory;
import dev.gatehouse.guard.vault.Vault;
import dev.gatehouse.policy.identity.Conversation;
import dev.gatehouse.policy.identity.Identities;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.policy.identity.Provenance;
import java.util.Optional;
import java.util.stream.Collectors;

/** One exchange under one policy: read the prompt, judge it, and block, mask or forward it; put masked values back into the answer. */
final class GuardHandler implements Handler {

    private final CompiledGuard guard;
    private final RequestHead head;
    private final Placeholders placeholders = new Placeholders();
    private final Masker masker;
    private final GuardReplies replies;
    private final GuardTelemetry telemetry;
    private final Identities identities;
    private final Provenance provenance;
    private final ConversationMemory memory;
    private Optional<Unmasker> unmasker = Optional.empty();

    GuardHandler(CompiledGuard guard, RequestHead head, KeyedHash hash, GuardTelemetry telemetry, Optional<Vault> vault, Provenance provenance) {
        this.guard = guard;
        this.head = head;
        this.identities = new Identities(hash);
        this.provenance = provenance;
        this.masker = new Masker(placeholders, hash);
        this.replies = new GuardReplies(guard.name());
        this.telemetry = telemetry;
        this.memory = new ConversationMemory(vault, guard.policy().uid(), this::conversation);
    }

    @Override
    public RequestVerdict request(Request request) throws InterruptedException {
        Prompt prompt = new PromptReader(guard).read(request);
        Judgement judgement = Judge.judge(guard, prompt);
        Identity identity = identities.resolve(guard.policy().spec().identity(), head);
        Provenance whose = provenance.by(identity);
        telemetry.record(guard, prompt, judgement, whose);
        HandOver handOver = handOver(judgement, identity, whose);
        return switch (judgement.verdict()) {
            case Allow, Report -> passed(prompt, handOver);
            case Mask -> masked(prompt, judgement, handOver);
            case Block -> RequestVerdict.reply(replies.blocked(head, prompt, judgement).with(handOver));
        };
    }

    @Override
    public boolean wantsResponse() {
        return unmasker.isPresent();
    }

    @Override
    public ResponseVerdict response(Response response) {
        return unmasker.orElseThrow().verdict(response.head());
    }

    @Override
    public void close(Ending ending) {
        unmasker.ifPresent(done -> telemetry.unmasked(guard, done));
        unmasker.flatMap(Unmasker::storedAnswer).ifPresent(id -> memory.remember(Optional.of(id), placeholders));
    }

    @Override
    public LocalReply failed(Failure failure) {
        return replies.failed(head, failure);
    }

    /** Nothing to mask here; but the model may still know placeholders of earlier turns. */
    private RequestVerdict passed(Prompt prompt, HandOver handOver) {
        memory.recall(providerId(prompt), placeholders);
        unmaskAnswerTo(prompt);
        return RequestVerdict.forward(handOver);
    }

    private RequestVerdict masked(Prompt prompt, Judgement judgement, HandOver handOver) {
        memory.recall(providerId(prompt), placeholders);
        byte[] body = prompt.rewrite().replacing(masker.mask(prompt.pieces(), judgement.hits(Verdict.Mask)));
        memory.remember(providerId(prompt), placeholders);
        unmaskAnswerTo(prompt);
        return new RequestVerdict.Forward(headers(prompt), Optional.of(body), handOver, false);
    }

    private void unmaskAnswerTo(Prompt prompt) {
        if (guard.restores() && !placeholders.isEmpty()) {
            unmasker = prompt.request().map(request -> new Unmasker(request.format(), placeholders, guard.maxBodyBytes()));
        }
    }

    /** How the provider names the conversation, or the turn before. */
    private static Optional<String> providerId(Prompt prompt) {
        return prompt.request().flatMap(request -> request.conversation().or(() -> request.root().get("previous_response_id").string()));
    }

    /** Only a conversation that client or provider names, of a known client: two users may begin with the same words. */
    private Optional<String> conversation(Optional<String> providerId) {
        Identity identity = identities.resolve(guard.policy().spec().identity(), head);
        return identity.principal().isEmpty() ? Optional.empty()
                : identities.withConversation(identity, guard.policy().spec().identity(), head, new Conversation(providerId, "", "")).conversation();
    }

    /** An answer that is to be edited should come without content coding; where the head has gone on already it is decoded. */
    private HeaderChange headers(Prompt prompt) {
        HeaderChange headers = prompt.decoded() ? HeaderChange.none().removing("content-encoding") : HeaderChange.none();
        boolean asksForPlain = unmasker.isPresent() && head.headers().first("accept-encoding").isPresent()
                && head.attachment().can(Capability.CHANGE_REQUEST_HEADERS_FROM_BODY);
        return asksForPlain ? headers.setting("accept-encoding", "identity") : headers;
    }

    private HandOver handOver(Judgement judgement, Identity identity, Provenance whose) {
        HandOver known = identity.handOver(GuardFeature.NAME, head.handOver()).plus(whose.handOver(GuardFeature.NAME, head.handOver()));
        HandOver verdict = known.with(GuardFeature.NAME, HandOver.GUARD_VERDICT, judgement.verdict().name());
        String categories = judgement.hits().stream().map(GuardHandler::category).distinct().sorted().collect(Collectors.joining(","));
        return categories.isEmpty() ? verdict : verdict.with(GuardFeature.NAME, HandOver.GUARD_CATEGORIES, categories);
    }

    private static String category(Hit hit) {
        return hit.verdict() == Verdict.Mask ? hit.finding().category() : "!" + hit.finding().category();
    }
}
