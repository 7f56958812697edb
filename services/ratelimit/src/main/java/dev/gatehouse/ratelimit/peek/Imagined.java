package dev.gatehouse.ratelimit.peek;

import dev.gatehouse.envoy.ratelimit.Budgets;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.policy.route.Attribution;
import dev.gatehouse.policy.route.RouteRule;
import dev.gatehouse.ratelimit.ask.Asked;
import dev.gatehouse.ratelimit.ask.OutputBound;
import dev.gatehouse.tokens.TokenCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The request that a candidate would be asked with, as far as a peek tells of it. */
final class Imagined {

    private static final Attachment PEEK =
            new Attachment(Attachment.Protocol.RATE_LIMIT, Attachment.BodyMode.NONE, Attachment.BodyMode.NONE);
    private static final String HEADER = "header.";

    private Imagined() {}

    /** {@code method}, {@code host}, {@code path}, {@code header.NAME}; all others are attributes of the host's. */
    static RequestHead head(Map<String, String> attributes) {
        List<Headers.Field> headers = new ArrayList<>();
        Map<String, Object> others = new HashMap<>();
        attributes.forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                headers.add(new Headers.Field(name.substring(HEADER.length()), value));
            } else {
                others.put(name, value);
            }
        });
        return new RequestHead(attributes.getOrDefault("method", "POST"), attributes.getOrDefault("host", ""), attributes.getOrDefault("path", "/"),
                new Headers(headers), others, Metadata.empty(), Optional.empty(), PEEK);
    }

    static Asked asked(Optional<RouteRule> rule, RequestHead head, Budgets.Question question, Budgets.Candidate candidate) {
        Identity identity = new Identity(known(question.principal()), known(question.tenant()), known(question.conversation()));
        Attribution way = Attribution.of(rule, head);
        return new Asked(head, identity, new Attribution(way.gateway(), way.route(), candidate.backend().isEmpty() ? way.backend() : candidate.backend()),
                Optional.empty(), Optional.empty(), candidate.model(), 0, TokenCount.estimate(candidate.inputTokens()),
                new OutputBound(OptionalLong.of(candidate.outputTokens()), 1));
    }

    private static Optional<String> known(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }
}
