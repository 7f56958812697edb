package dev.gatehouse.text.signature;

import com.google.re2j.Pattern;

/**
 * A signature that is a pattern, looked for around the occurrences of a literal.
 *
 * @param rule    its name, category and score
 * @param literal what must occur; ignoring case
 * @param pattern RE2 pattern, matched within {@value #BEFORE} characters before and {@value #AFTER} after the literal
 */
record PatternRule(Rule rule, String literal, Pattern pattern) {

    static final int BEFORE = 48;
    static final int AFTER = 208;
}
