package dev.gatehouse.embedding;

/** How an encoder makes one vector of those of a window's tokens; the model's own card says which. */
public enum Pooling {
    /** The vector of the first token. */ CLS,
    /** The mean of all. */ MEAN
}
