package dev.gatehouse.state.health;

import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;

/**
 * What is healthy or not. Services that name it alike share its record.
 *
 * @param scope within which the name means one thing, e.g. a namespace
 * @param kind  {@code model} or {@code backend}
 * @param name  as policies write it
 */
public record Subject(String scope, String kind, String name) {

    /** All subjects lie in one slot of a cluster, so that one call reads any of them; they are few and small. */
    private static final String TAG = "health";
    private static final String FEATURE = "health";

    /** A model by the name that requests carry. */
    public static Subject model(String scope, String name) {
        return new Subject(scope, "model", name);
    }

    /** Where its record is kept. */
    public Key key(Keys keys) {
        return keys.key(TAG, FEATURE, scope, kind, name);
    }
}
