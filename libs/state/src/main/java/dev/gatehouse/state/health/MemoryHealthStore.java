package dev.gatehouse.state.health;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.state.Key;
import java.time.InstantSource;
import java.util.List;

/** Records in this process: for one replica, and lost with it. */
public final class MemoryHealthStore implements HealthStore {

    private final InstantSource clock;
    private final Cache<Key, Circuit> circuits;

    /** @param maxSubjects the most that are kept; beyond it the least used are forgotten */
    public MemoryHealthStore(long maxSubjects) {
        this(maxSubjects, InstantSource.system());
    }

    /** With another clock, for tests. */
    MemoryHealthStore(long maxSubjects, InstantSource clock) {
        this.clock = clock;
        this.circuits = Caffeine.newBuilder().maximumSize(maxSubjects).expireAfterAccess(KEPT).executor(Runnable::run).build();
    }

    @Override
    public List<Standing> exchange(String replica, List<Report> reports) {
        return reports.stream().map(report -> exchange(replica, report)).toList();
    }

    private Standing exchange(String replica, Report report) {
        Standing[] standing = new Standing[1];
        circuits.asMap().compute(report.subject(), (key, known) -> {
            Circuit circuit = known == null ? new Circuit() : known;
            standing[0] = circuit.exchange(replica, report, clock.millis());
            return circuit;
        });
        return standing[0];
    }
}
