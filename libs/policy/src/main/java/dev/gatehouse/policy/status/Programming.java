package dev.gatehouse.policy.status;

import java.util.List;
import java.util.Set;

/**
 * What the replicas of a service run.
 *
 * @param replicas one set for each ready replica
 */
public record Programming(List<Set<Running>> replicas) {

    /** A policy as one replica runs it. */
    public record Running(String kind, String uid, long generation) {}

    /** How many replicas run this generation of the object. */
    public long running(String kind, String uid, long generation) {
        Running wanted = new Running(kind, uid, generation);
        return replicas.stream().filter(replica -> replica.contains(wanted)).count();
    }

    /** Whether there is a replica and all of them run this generation. */
    public boolean isComplete(String kind, String uid, long generation) {
        return !replicas.isEmpty() && running(kind, uid, generation) == replicas.size();
    }
}
