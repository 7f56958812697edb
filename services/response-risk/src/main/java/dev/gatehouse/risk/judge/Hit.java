package dev.gatehouse.risk.judge;

import dev.gatehouse.text.Finding;

/**
 * A rule's finding in one text of the answer; never holds text.
 *
 * @param rule    the rule's name
 * @param effect  what the rule does with it
 * @param where   which text, e.g. {@code choice 0 text}; empty for a text that stands alone
 * @param finding in UTF-16 units of that text as it came
 */
public record Hit(String rule, Verdict effect, String where, Finding finding) {}
