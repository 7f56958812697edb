package dev.gatehouse.cache.flight;

/** One request's part in a flight. */
public sealed interface Seat {

    /** The one that asks the model. */
    record Pilot(Runnable landing) implements Seat {

        /** The answer is kept, or will not be: the others need not wait any more. To be called once, whatever happened. Never throws. */
        public void land() {
            landing.run();
        }
    }

    /**
     * One that has waited.
     *
     * @param landed whether the pilot has ended; it took too long otherwise
     */
    record Passenger(boolean landed) implements Seat {}
}
