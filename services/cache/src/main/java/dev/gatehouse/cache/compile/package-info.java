/** Policies made ready to run: the words that tell time-dependent prompts, the terms on which answers are kept. */
package dev.gatehouse.cache.compile;
