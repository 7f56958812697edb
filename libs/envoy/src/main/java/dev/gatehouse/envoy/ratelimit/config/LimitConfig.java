package dev.gatehouse.envoy.ratelimit.config;

import java.util.List;

/**
 * A limit as written.
 *
 * @param unit     a word, see {@link dev.gatehouse.envoy.ratelimit.LimitUnit#named}; empty where none was given
 * @param name     may be empty
 * @param replaces names of limits that do not count where this one matches
 */
public record LimitConfig(long requestsPerUnit, String unit, boolean unlimited, String name, List<String> replaces) {}
