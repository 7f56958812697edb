package dev.gatehouse.cache.ask;

import dev.gatehouse.cache.tier.TextVector;

/** Gives the vector of a question's text, later and only if it is wanted. */
@FunctionalInterface
public interface Vectoriser {

    TextVector of(String text);
}
