package dev.gatehouse.cache.bound;

/**
 * What share of wrong answers is borne.
 *
 * @param share    0 to 1
 * @param overHits of all hits; of all requests otherwise
 * @param explore  share of would-be hits that go to the model to learn
 */
public record Target(double share, boolean overHits, double explore) {}
