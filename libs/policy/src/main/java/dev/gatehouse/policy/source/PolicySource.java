package dev.gatehouse.policy.source;

import dev.gatehouse.policy.Policy;

/** Keeps the policies of one kind, and the routes they target, up to date. */
public interface PolicySource<P extends Policy, C> extends AutoCloseable {

    /** What holds now; read it once per exchange. Never null, never blocks. */
    Snapshot<P, C> current();

    /** Ends the watching; the last snapshot stays. */
    @Override
    void close();
}
