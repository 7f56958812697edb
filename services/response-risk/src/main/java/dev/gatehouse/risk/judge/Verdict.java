package dev.gatehouse.risk.judge;

/** What is decided about an answer, mildest first. The names are those of the dry run and of {@code risk_verdict}. */
public enum Verdict {
    /** Nothing was found. */ Allow,
    /** Something was found that changes nothing. */ Report,
    /** Parts of the answer are replaced. */ Mask,
    /** The answer does not reach the client, or no further than it has. */ Block
}
