package dev.gatehouse.policy.limit;

/** By what an exchange is charged in the end. */
public enum Settlement {
    /** What the provider says it used, else what was counted in the answer. Needs an attachment that sees answers. */ Usage,
    /** The estimate made at the request. */ Estimate
}
