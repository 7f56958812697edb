package dev.gatehouse.text.secret;

/** An occurrence of a keyword. */
record Spot(int start, int end) {
}
