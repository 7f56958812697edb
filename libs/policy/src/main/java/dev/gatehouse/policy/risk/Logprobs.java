package dev.gatehouse.policy.risk;

/** What becomes of the tokens' log probabilities, which spell the text a second time. */
public enum Logprobs {
    /** They go where the text beside them was masked or is held back. */ DropWhereChanged,
    /** They always go. */ Drop
}
