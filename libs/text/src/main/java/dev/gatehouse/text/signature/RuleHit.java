package dev.gatehouse.text.signature;

/** A rule that matched at {@code start..end} of a reading. */
record RuleHit(Rule rule, int start, int end) {
}
