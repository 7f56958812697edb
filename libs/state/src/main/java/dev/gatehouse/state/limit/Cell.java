package dev.gatehouse.state.limit;

import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Algorithm.InFlight;
import dev.gatehouse.state.limit.Algorithm.SlidingWindow;
import dev.gatehouse.state.limit.Settlement.Outcome;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** One bucket in memory: its tally, and what is reserved of it. Not thread-safe. */
final class Cell {

    private enum State { HELD, EXPIRED, CHARGED }

    /** What is known of a reservation, until a time. {@code window} is the start of the window in which it was made. */
    private record Held(State state, long estimate, long floor, long window, long until) {}

    private static final long REMEMBERED = Limits.REMEMBERED.toMillis();

    private final Class<? extends Algorithm> kind;
    private final Tally tally = new Tally();
    // Most buckets of a rate limit service never have a reservation.
    private Map<String, Held> held = Map.of();
    private long next = Long.MAX_VALUE;
    private long last;

    Cell(Class<? extends Algorithm> kind) {
        this.kind = kind;
    }

    boolean counts(Algorithm algorithm) {
        return kind == algorithm.getClass();
    }

    void advance(Algorithm algorithm, long now) {
        if (tally.advance(algorithm, now)) {
            forget();
        }
        if (next <= now) {
            expire(algorithm, now);
        }
    }

    private void forget() {
        held = Map.of();
        tally.reserved = 0;
        next = Long.MAX_VALUE;
    }

    private void expire(Algorithm algorithm, long now) {
        next = Long.MAX_VALUE;
        for (Iterator<Map.Entry<String, Held>> entries = held.entrySet().iterator(); entries.hasNext();) {
            Map.Entry<String, Held> entry = entries.next();
            Held reservation = entry.getValue();
            if (reservation.until() > now) {
                next = Math.min(next, reservation.until());
            } else if (reservation.state() == State.HELD) {
                correct(algorithm, reservation.window(), kept(algorithm, reservation) - reservation.estimate());
                tally.release(reservation.estimate());
                entry.setValue(remembered(State.EXPIRED, reservation, now));
            } else {
                entries.remove();
            }
        }
    }

    private static long kept(Algorithm algorithm, Held reservation) {
        return algorithm instanceof InFlight ? 0 : reservation.floor();
    }

    private Held remembered(State state, Held reservation, long now) {
        note(now + REMEMBERED);
        return new Held(state, reservation.estimate(), reservation.floor(), reservation.window(), now + REMEMBERED);
    }

    /** Changes what was used in a window; does nothing if that is over. */
    private boolean correct(Algorithm algorithm, long window, long amount) {
        if (window == window(algorithm)) {
            tally.use(algorithm, amount);
        } else if (algorithm instanceof SlidingWindow sliding && window == tally.stamp - sliding.window().toMillis()) {
            tally.useBefore(amount);
        } else {
            return false;
        }
        return true;
    }

    private long window(Algorithm algorithm) {
        return algorithm instanceof SlidingWindow || algorithm instanceof FixedWindow ? tally.stamp : 0;
    }

    boolean fits(Claim claim, long now) {
        return tally.fits(claim.bucket().algorithm(), now, claim.estimate());
    }

    void reserve(ReservationId id, Claim claim, long until) {
        tally.reserve(claim.bucket().algorithm(), claim.estimate());
        remember(id, new Held(State.HELD, claim.estimate(), claim.floor(), window(claim.bucket().algorithm()), until));
    }

    private void remember(ReservationId id, Held reservation) {
        if (held.isEmpty()) {
            held = new HashMap<>(4);
        }
        held.put(id.text(), reservation);
        note(reservation.until());
    }

    private void note(long until) {
        next = Math.min(next, until);
        last = Math.max(last, until);
    }

    Outcome settle(ReservationId id, Charge charge) {
        Held reservation = held.get(id.text());
        if (reservation == null || reservation.state() == State.CHARGED) {
            return Outcome.NOTHING;
        }
        held.remove(id.text());
        return reservation.state() == State.HELD ? settleHeld(reservation, charge) : settleLate(reservation, charge);
    }

    private Outcome settleHeld(Held reservation, Charge charge) {
        Algorithm algorithm = charge.claim().bucket().algorithm();
        tally.release(reservation.estimate());
        long actual = algorithm instanceof InFlight ? 0 : charge.actual();
        return correct(algorithm, reservation.window(), actual - reservation.estimate()) ? Outcome.SETTLED : Outcome.NOTHING;
    }

    private Outcome settleLate(Held reservation, Charge charge) {
        Algorithm algorithm = charge.claim().bucket().algorithm();
        boolean counts = !(algorithm instanceof InFlight) && correct(algorithm, reservation.window(), charge.actual() - reservation.floor());
        return counts ? Outcome.LATE : Outcome.NOTHING;
    }

    Outcome settleUnknown(ReservationId id, Charge charge, long made, long now) {
        Outcome outcome = held.containsKey(id.text()) ? settle(id, charge) : chargeWhole(charge, made);
        if (outcome != Outcome.NOTHING) {
            remember(id, new Held(State.CHARGED, 0, 0, 0, now + REMEMBERED));
        }
        return outcome;
    }

    private Outcome chargeWhole(Charge charge, long made) {
        Algorithm algorithm = charge.claim().bucket().algorithm();
        boolean counts = !(algorithm instanceof InFlight) && correct(algorithm, window(algorithm, made), charge.actual());
        return counts ? Outcome.UNKNOWN : Outcome.NOTHING;
    }

    private static long window(Algorithm algorithm, long made) {
        return switch (algorithm) {
            case FixedWindow fixed -> fixed.window().start(made);
            case SlidingWindow sliding -> new Window.Every(sliding.window()).start(made);
            default -> 0;
        };
    }

    void add(Hit hit) {
        if (!(hit.bucket().algorithm() instanceof InFlight)) {
            tally.use(hit.bucket().algorithm(), hit.amount());
        }
    }

    Level level(Algorithm algorithm, long now, long claim) {
        return tally.level(algorithm, now, claim);
    }

    /** When nothing of it counts any more, in ms from now. */
    long forgottenIn(Algorithm algorithm, long now) {
        long full = tally.fullIn(algorithm, now);
        return algorithm instanceof FixedWindow ? full : Math.max(full, held.isEmpty() ? 0 : last - now);
    }
}
