package dev.gatehouse.ratelimit.ask;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.identity.Identities;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.policy.identity.IdentityBlock;
import dev.gatehouse.policy.identity.IdentitySource;
import dev.gatehouse.policy.identity.Provenance;
import dev.gatehouse.policy.identity.WorkloadId;
import dev.gatehouse.policy.limit.KeyPart;
import dev.gatehouse.policy.limit.KeyPart.Claim;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of a key's parts that are no expressions; empty where the request lacks one. */
record KeyReader(Asked asked, KeyedHash hash) {

    private static final IdentityBlock BY_API_KEY = by(IdentitySource.of(new IdentitySource.FromApiKey(List.of())));

    String value(KeyPart part) {
        return part.header().map(this::header)
                .or(() -> part.attribute().map(this::attribute))
                .or(() -> part.claim().map(this::claim))
                .orElse("");
    }

    private String header(String name) {
        return String.join(", ", head().headers().all(name));
    }

    private String attribute(KeyPart.Attribute attribute) {
        return switch (attribute) {
            case Principal -> asked.identity().principal().orElse("");
            case Tenant -> asked.identity().tenant().orElse("");
            case ApiKey -> principal(BY_API_KEY);
            case SourceNamespace -> workload().map(WorkloadId::namespace).orElse("");
            case SourceServiceAccount -> workload().map(WorkloadId::qualified).orElse("");
            case ClientAddress -> head().attribute("source.address").map(KeyReader::withoutPort).orElse("");
            case Model -> asked.model();
            case Backend -> asked.way().backend();
            case Gateway -> asked.way().gateway();
            case Route -> asked.way().route();
        };
    }

    /** Text, number or boolean; a list or an object is no value of a key. */
    private String claim(Claim claim) {
        Object value = head().metadata().namespace(claim.namespace());
        for (String key : claim.path()) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return switch (value) {
            case String text -> text;
            case Double number when number == Math.rint(number) -> String.valueOf(number.longValue());
            case Double number -> number.toString();
            case Boolean truth -> truth.toString();
            case null, default -> "";
        };
    }

    /** {@code 10.0.0.1:4711} or {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String address) {
        int port = address.lastIndexOf(':');
        String host = port > 0 && (address.indexOf(':') == port || address.startsWith("[")) ? address.substring(0, port) : address;
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private String principal(IdentityBlock block) {
        Identity identity = new Identities(hash).resolve(block, head());
        return identity.principal().orElse("");
    }

    private Optional<WorkloadId> workload() {
        return new Provenance(asked.way(), WorkloadId.of(head())).by(asked.identity()).source();
    }

    private RequestHead head() {
        return asked.head();
    }

    private static IdentityBlock by(IdentitySource source) {
        return new IdentityBlock(List.of(source), List.of(), Optional.empty());
    }
}
