package dev.gatehouse.cache.tier;

/** By what an answer was found; the names are labels of metrics. */
public enum Tier {
    /** The same question, but for what cannot change its meaning. */ exact,
    /** A question in other words that means the same. */ semantic
}
