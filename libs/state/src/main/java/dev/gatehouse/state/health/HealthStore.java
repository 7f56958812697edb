package dev.gatehouse.state.health;

import java.time.Duration;
import java.util.List;

/**
 * The record of how subjects do. Time is the store's own clock.
 *
 * <p>A circuit opens by its rules; while it is open, reports of requests that were on their way change nothing, except a pause that asks
 * for longer. After its time it is half open: one replica at a time is granted a trial. A record that nobody reports to for
 * {@link #KEPT} is forgotten.
 */
public interface HealthStore {

    /** How long a replica may take for its trial, before another may be granted one. */
    Duration TRIAL = Duration.ofSeconds(30);

    /** How long a record without news is kept. */
    Duration KEPT = Duration.ofHours(25);

    /**
     * Adds what was seen and tells how the subjects stand then. One step for each subject, one round trip for all.
     *
     * @param replica who reports; a grant is for it alone
     * @return one for each report, in their order
     * @throws dev.gatehouse.state.StateUnavailable whether it had an effect is unknown then
     */
    List<Standing> exchange(String replica, List<Report> reports);
}
