/**
 * Texts to vectors: encoders in this process (ONNX) or behind an endpoint, both through LangChain4j, on a bounded pool; which text of a
 * request is embedded; and one embedding for the whole chain of services, handed over in Envoy's metadata.
 *
 * <p>May depend on {@code libs/exchange}, {@code libs/llm}, LangChain4j, ONNX Runtime, the tokenizer that LangChain4j brings, Jackson
 * and Caffeine. Knows no policy, no store, no HTTP exchange.
 */
package dev.gatehouse.embedding;
