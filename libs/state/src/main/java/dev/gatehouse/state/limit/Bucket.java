package dev.gatehouse.state.limit;

import dev.gatehouse.state.Key;

/**
 * One budget of one key.
 *
 * @param key where it is kept; names the policy, the limit and the key's values. One key is always counted by one kind of algorithm:
 *            what another kind counted is forgotten
 */
public record Bucket(Key key, Algorithm algorithm) {}
