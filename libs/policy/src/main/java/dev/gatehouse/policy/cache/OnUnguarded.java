package dev.gatehouse.policy.cache;

/** What becomes of a prompt that no guard has judged, or of which the guard left something unmasked. */
public enum OnUnguarded {
    /** Its answer is for the same principal alone; without a principal it is not cached. */ Consumer,
    /** It is not cached. */ Bypass,
    /** It is cached as any other: the operator vouches that prompts hold nothing personal. */ Allow
}
