/**
 * From a request to a question for the cache: whether it may be cached at all, what it is in canonical form, whose it is, and what of it
 * is the question. A request's canonical form without its last user turn is the hard key: answers are shared only between requests that
 * are equal in all of it, fields that nobody here knows included.
 *
 * <p>May depend on {@code libs/exchange}, {@code libs/llm}, {@code libs/policy}, {@code libs/text} (words), the one key builder of
 * {@code libs/state}, and on {@code tier} for the question's own type. Knows no store and no answer.
 */
package dev.gatehouse.cache.ask;
