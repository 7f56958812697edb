/** Reads the tokenizers that an operator gives for models, in Hugging Face's format. May depend on {@code libs/tokens} and DJL's tokenizers. */
package dev.gatehouse.ratelimit.tokenizer;
