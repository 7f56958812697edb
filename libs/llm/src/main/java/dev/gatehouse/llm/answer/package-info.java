/**
 * Edits the texts of a provider's answer while it passes: a whole JSON body or a stream, in every format and framing that
 * {@code dev.gatehouse.llm} knows. {@link dev.gatehouse.llm.answer.AnswerRewriter} finds the texts; a
 * {@link dev.gatehouse.llm.answer.StrandEditor} for each gives back what the client may read, and may hold some of it until it has
 * seen more. All other bytes pass as they came.
 *
 * <p>May depend on {@code dev.gatehouse.llm}, its json, stream and coding packages, Jackson and the JDK. Knows no policy and no
 * detector.
 */
package dev.gatehouse.llm.answer;
