package dev.gatehouse.router.health;

import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.identity.Identity;
import java.util.Optional;

/**
 * Who asks for a candidate.
 *
 * @param requested the model that the request named
 */
public record Asker(Identity identity, RequestHead head, Optional<String> requested) {}
