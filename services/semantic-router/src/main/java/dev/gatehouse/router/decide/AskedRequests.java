package dev.gatehouse.router.decide;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.Role;
import dev.gatehouse.llm.TextPart;
import dev.gatehouse.policy.identity.Conversation;
import dev.gatehouse.policy.identity.Identities;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.policy.identity.IdentityBlock;
import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.router.gain.GainModel;
import dev.gatehouse.router.signal.Signals;
import dev.gatehouse.router.signal.Worth;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes of a request what is decided on: live traffic and dry run alike. */
public final class AskedRequests {

    private final Identities identities;
    private final GainModel gain;

    /** @param gain tells what a strong model is worth */
    public AskedRequests(KeyedHash hash, GainModel gain) {
        this.gain = gain;
        this.identities = new Identities(hash);
    }

    /** @param vector of a text, asked for at most once */
    public Asked of(CompiledRouting routing, RequestHead head, Optional<LlmRequest> request, Function<String, Int8Vector> vector, Due due) {
        String text = request.map(routing.text()::from).orElse("");
        Identity identity = identity(routing.spec().identity(), head, request);
        Supplier<Int8Vector> own = new OwnVector(() -> vector.apply(text));
        Worth worth = new TextWorth(gain, text, own);
        Signals signals = new Signals(head, request, identity, text, routing.keywords(), worth);
        return new Asked(head, request, identity, own(routing.spec().identity(), identity, head, request), text, own, worth,
                signals, due);
    }

    /** A conversation that only its words tell is nobody's where it is not known who asks: others begin with the same words. */
    private static Optional<String> own(IdentityBlock block, Identity identity, RequestHead head, Optional<LlmRequest> request) {
        boolean named = block.conversation().flatMap(source -> head.headers().first(source.header())).filter(value -> !value.isBlank()).isPresent()
                || request.flatMap(AskedRequests::providerId).isPresent();
        return identity.conversation().filter(known -> named || identity.principal().isPresent());
    }

    private static Optional<String> providerId(LlmRequest request) {
        return request.conversation().or(() -> request.root().get("previous_response_id").string());
    }

    private Identity identity(IdentityBlock block, RequestHead head, Optional<LlmRequest> request) {
        Identity known = identities.resolve(block, head);
        return request.map(asked -> identities.withConversation(known, block, head, conversation(asked))).orElse(known);
    }

    private static Conversation conversation(LlmRequest request) {
        String system = request.parts().stream().filter(part -> part.role() == Role.SYSTEM && part.kind() == PartKind.TEXT).map(TextPart::text)
                .collect(Collectors.joining("\n"));
        String first = request.parts().stream().filter(part -> part.role() == Role.USER && part.kind() == PartKind.TEXT).map(TextPart::text).findFirst()
                .orElse("");
        return new Conversation(providerId(request), system, first);
    }
}
