package dev.gatehouse.cache.tier;

import dev.gatehouse.exchange.Int8Vector;

/** The vector of a question's text, made when it is first asked for. */
@FunctionalInterface
public interface TextVector {

    /** @throws dev.gatehouse.embedding.EmbeddingFailed if there is none, at the latest after the embedder's deadline */
    Int8Vector get();
}
