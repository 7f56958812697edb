package dev.gatehouse.policy.cache;

/** What a request is that does not say what the provider has a default of its own for. */
public enum WhenAbsent {
    /** Cacheable: who says nothing has no wish of his own. */ Cache,
    /** Taken at the provider's word: a temperature of mostly 1, an answer that it keeps. */ Bypass
}
