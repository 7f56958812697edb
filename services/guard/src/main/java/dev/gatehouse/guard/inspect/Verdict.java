package dev.gatehouse.guard.inspect;

/** What the guard decides, mildest first. The names are those of the dry run and of {@code guard_verdict}. */
public enum Verdict {
    /** Nothing was found. */ Allow,
    /** Something was found that changes nothing. */ Report,
    /** Parts of the prompt are replaced. */ Mask,
    /** The prompt does not reach the model. */ Block
}
