package dev.gatehouse.ratelimit.admit;

import java.util.List;

/** What became of a request's reservation. */
public sealed interface Admission {

    /**
     * It may go on.
     *
     * @param standings  the enforced limits that apply, after the reservation; empty where none does or the store is lost
     * @param shadowed   limits that would have refused it, did they enforce
     * @param shadowHeld whether the shadowed limits have reserved it too; else their use is added at the end
     */
    record Admitted(List<Standing> standings, List<Standing> shadowed, boolean shadowHeld) implements Admission {}

    /**
     * It may not.
     *
     * @param standings the enforced limits that apply
     * @param worst     the one to wait for longest
     */
    record Refused(List<Standing> standings, Standing worst) implements Admission {}

    /** The store is lost, and the policy refuses then. */
    record Unknown() implements Admission {}
}
