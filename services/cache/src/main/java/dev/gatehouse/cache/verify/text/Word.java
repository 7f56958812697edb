package dev.gatehouse.cache.verify.text;

/**
 * One word of a question.
 *
 * @param lower   in lower case, as it stands
 * @param stem    without common endings
 * @param content whether it says what the question is about: no function word, no word of asking
 * @param name    whether it is written as a name: with a capital inside a sentence
 */
record Word(String lower, String stem, boolean content, boolean name) {}
