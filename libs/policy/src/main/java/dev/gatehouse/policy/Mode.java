package dev.gatehouse.policy;

/** Whether a policy or a rule acts or only watches. */
public enum Mode {
    /** It does what its action says. */
    Enforce,
    /** It records what it would have done. */
    Shadow
}
