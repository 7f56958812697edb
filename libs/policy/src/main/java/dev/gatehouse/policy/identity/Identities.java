package dev.gatehouse.policy.identity;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.identity.IdentitySource.FromApiKey;
import dev.gatehouse.policy.identity.IdentitySource.FromClientCertificate;
import dev.gatehouse.policy.identity.IdentitySource.FromHeader;
import dev.gatehouse.policy.identity.IdentitySource.FromMetadata;
import dev.gatehouse.policy.identity.IdentitySource.SettingGateway;
import dev.gatehouse.policy.route.EnvoyAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The one resolver of identities: who asks, by the sources of a policy's identity block. Thread-safe, never blocks. */
public final class Identities {

    private static final String KEY = "key:";
    private static final String SPIFFE = "spiffe://";
    private static final String CLAIMED = "claimed:";
    private static final int MAX_VALUE = 1024;

    private static final List<IdentitySource> DEFAULT_PRINCIPAL = List.of(
            IdentitySource.of(new FromMetadata("envoy.filters.http.jwt_authn", List.of("payload", "sub"), List.of("payload", "iss"))),
            IdentitySource.of(new FromClientCertificate(Optional.empty())),
            IdentitySource.of(new FromApiKey(List.of())));

    private final KeyedHash hash;

    public Identities(KeyedHash hash) {
        this.hash = hash;
    }

    /** Principal and tenant; the conversation needs the prompt, see {@link #withConversation}. */
    public Identity resolve(IdentityBlock block, RequestHead head) {
        Optional<String> principal = block.principal().isEmpty()
                ? head.handOver().get(HandOver.PRINCIPAL).or(() -> first(DEFAULT_PRINCIPAL, head))
                : first(block.principal(), head);
        Optional<String> tenant = block.tenant().isEmpty() ? head.handOver().get(HandOver.TENANT) : first(block.tenant(), head);
        return new Identity(principal, tenant, Optional.empty());
    }

    /**
     * The identity with its conversation: by the configured header, else the provider's id, else the principal, the system text and
     * the first user turn. Without any of these (no header, no id, an empty prompt) there is none.
     */
    public Identity withConversation(Identity identity, IdentityBlock block, RequestHead head, Conversation conversation) {
        Optional<String> id = block.conversation().flatMap(source -> head.headers().first(source.header()))
                .filter(value -> !value.isBlank()).map(value -> conversation(identity, "header", value))
                .or(() -> conversation.providerId().map(value -> conversation(identity, "provider", value)))
                .or(() -> byText(identity, conversation));
        return new Identity(identity.principal(), identity.tenant(), id);
    }

    private Optional<String> byText(Identity identity, Conversation conversation) {
        boolean empty = conversation.systemText().isEmpty() && conversation.firstUserTurn().isEmpty();
        return empty ? Optional.empty()
                : Optional.of(conversation(identity, "text", conversation.systemText(), conversation.firstUserTurn()));
    }

    private String conversation(Identity identity, String origin, String... values) {
        List<String> parts = Stream.concat(Stream.of("conversation", identity.principal().orElse(""), origin), Stream.of(values)).toList();
        return "conversation:" + hash.hexOfParts(parts);
    }

    private Optional<String> first(List<IdentitySource> sources, RequestHead head) {
        for (IdentitySource source : sources) {
            Optional<String> value = value(source.origin(), head);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private Optional<String> value(IdentitySource.Origin origin, RequestHead head) {
        return switch (origin) {
            case FromMetadata metadata -> metadata(metadata, head);
            case FromClientCertificate certificate -> ClientCertificate.uri(certificate, head).map(Identities::certified);
            case FromApiKey keys -> ApiKeys.find(keys, head.headers()).map(key -> KEY + hash.hexOfParts(List.of("api-key", key)));
            case FromHeader header -> header(header, head);
        };
    }

    private Optional<String> metadata(FromMetadata source, RequestHead head) {
        Map<String, Object> namespace = head.metadata().namespace(source.namespace());
        Optional<String> value = at(namespace, source.path());
        if (source.issuer().isEmpty()) {
            return value.flatMap(this::claimed);
        }
        return value.flatMap(subject -> at(namespace, source.issuer()).or(() -> Optional.of("")).map(issuer -> issuer + "|" + subject))
                .flatMap(this::claimed);
    }

    private Optional<String> header(FromHeader source, RequestHead head) {
        List<String> values = isFrom(source.setBy(), head) ? head.headers().all(source.name()) : List.of();
        return values.size() == 1 ? claimed(values.getFirst()) : Optional.empty();
    }

    /** Whether that Gateway took the request; where the host does not say which did, the policy's word holds. */
    static boolean isFrom(SettingGateway gateway, RequestHead head) {
        return EnvoyAttributes.listener(head).map(listener -> gateway.name().equals("*") || listener.gateway().equals(gateway.name())
                && gateway.namespace().map(listener.namespace()::equals).orElse(true)).orElse(true);
    }

    /** A claim that reads like our own hashes, or like a certificate's URI, is marked as claimed; an endless one is hashed. */
    private Optional<String> claimed(String value) {
        if (value.isBlank()) {
            return Optional.empty();
        }
        String bounded = value.length() > MAX_VALUE ? "long:" + hash.hexOfParts(List.of("claim", value)) : value;
        boolean ambiguous = Stream.of(KEY, SPIFFE, CLAIMED).anyMatch(bounded::startsWith);
        return Optional.of(ambiguous ? CLAIMED + bounded : bounded);
    }

    private static String certified(String uri) {
        return uri.startsWith(SPIFFE) ? uri : "certificate:" + uri;
    }

    private static Optional<String> at(Map<String, Object> namespace, List<String> path) {
        Object value = namespace;
        for (String key : path) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return switch (value) {
            case String text -> Optional.of(text);
            case Double number when number == Math.rint(number) -> Optional.of(String.valueOf(number.longValue()));
            case null, default -> Optional.empty();
        };
    }
}
