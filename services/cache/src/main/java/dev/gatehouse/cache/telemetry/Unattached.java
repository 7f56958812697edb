package dev.gatehouse.cache.telemetry;

import dev.gatehouse.exchange.Attachment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Says once of each policy that the host attaches the cache in a way that shows no answers: only a request can tell. Thread-safe. */
public final class Unattached {

    private static final Logger LOG = Logger.getLogger("dev.gatehouse.cache");

    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** A request that this policy applies to came by such an attachment. */
    public void met(String policy, Attachment attachment) {
        if (said.add(policy)) {
            LOG.warnf("policy %s caches nothing of what comes by %s: the host shows no answers there; attach the cache by ext_proc, with the bodies of requests and answers",
                    policy, attachment);
        }
    }
}
