package dev.gatehouse.policy.cache;

/** What a request is that says nothing of its temperature. */
public enum WhenAbsent {
    /** Cacheable: who asks for no temperature asks for no variety, though providers then sample with their own, mostly 1. */ Cache,
    /** Taken at the providers' word: temperature 1. */ Bypass
}
