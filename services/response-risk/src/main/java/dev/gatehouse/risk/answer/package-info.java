/**
 * From the bytes of an answer to its texts and back: what can be read at all, how it is framed, and which way it takes through the
 * judge. Depends on {@code libs/llm}.
 */
package dev.gatehouse.risk.answer;
