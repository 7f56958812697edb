/**
 * Answers as the cache keeps and replays them: {@link dev.gatehouse.cache.answer.AnswerRecorder} reads a live one,
 * {@link dev.gatehouse.cache.answer.StoredAnswer} is what stays of it, {@link dev.gatehouse.cache.answer.Replay} gives it to another
 * client in that client's format and form.
 *
 * <p>May depend on {@code libs/exchange}, {@code libs/llm} and the JDK. Knows no policy and no store.
 */
package dev.gatehouse.cache.answer;
