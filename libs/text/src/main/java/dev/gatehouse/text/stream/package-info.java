/**
 * Detectors over a text that arrives in deltas, split anywhere: what is found, and as early as possible how much of the text is
 * settled and may pass on. {@link dev.gatehouse.text.stream.DetectorStream} is one detector over one text;
 * {@link dev.gatehouse.text.stream.AnswerStream} is several rules over one text, with masking.
 *
 * <p>Depends on {@code dev.gatehouse.text} and the JDK only; knows nothing of HTTP, providers or policies.
 */
package dev.gatehouse.text.stream;
