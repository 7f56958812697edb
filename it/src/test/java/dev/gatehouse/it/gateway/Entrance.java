package dev.gatehouse.it.gateway;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Way;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A way into a gateway, with what is attached there.
 *
 * @param protocol the chart's, of all features
 */
record Entrance(Attached attached, String protocol) {

    static final Entrance EXT_PROC = new Entrance(Attached.FULL_DUPLEX_STREAMED, "ExtProc");
    static final Entrance EXT_AUTHZ_GRPC = new Entrance(Attached.EXT_AUTHZ_GRPC, "ExtAuthzGRPC");
    static final Entrance EXT_AUTHZ_HTTP = new Entrance(Attached.EXT_AUTHZ_HTTP, "ExtAuthzHTTP");

    /** Fit for names of Kubernetes' objects. */
    String name() {
        return protocol.toLowerCase();
    }

    Way way(String host, URI listener) {
        return new Way(host + "_" + attached, attached, listener);
    }

    /** Values of the attachment chart for these features. */
    List<String> values(Collection<String> features) {
        List<String> values = new ArrayList<>(List.of("features={" + String.join(",", features) + "}"));
        features.forEach(feature -> values.add("services." + feature + ".protocol=" + protocol));
        return values;
    }
}
