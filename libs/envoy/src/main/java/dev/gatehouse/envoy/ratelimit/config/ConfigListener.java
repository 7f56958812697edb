package dev.gatehouse.envoy.ratelimit.config;

import java.util.List;
import java.util.Optional;

/** Receives the whole configuration each time it changes. Calls come one after another. */
public interface ConfigListener {

    /** @return what is wrong with it: the management server is told, and what was accepted before stays in force */
    Optional<String> configured(List<DomainConfig> domains);

    /** The management server cannot be reached, or broke off; it is tried again. */
    void disconnected(String why);
}
