package dev.gatehouse.cache.bound;

/**
 * Whose evidence is gathered together.
 *
 * @param policy UID
 * @param owner  key of the tenant, or whoever it is: a hash
 */
public record Pool(String policy, String owner, Target target) {}
