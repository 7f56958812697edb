package dev.gatehouse.router.health;

import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.ResponseHead;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One exchange. A request that tries a model after an outage has told when the first byte of a good answer came; every other tells at
 * the end.
 */
final class HealthWatch implements Watch {

    private final Reporter reporter;
    private final Optional<Duration> slow;
    private final long began = System.nanoTime();
    private boolean trial;
    private boolean well;
    private boolean told;
    private boolean awaitsFirstByte = true;
    private Optional<StreamErrors> errors = Optional.empty();

    /** @param slow time to the first byte over which it is a failure */
    HealthWatch(Reporter reporter, Optional<Duration> slow, boolean trial) {
        this.reporter = reporter;
        this.slow = slow;
        this.trial = trial;
    }

    @Override
    public boolean wantsResponse() {
        return true;
    }

    @Override
    public boolean head(ResponseHead head) {
        switch (Outcome.of(head, InstantSource.system())) {
            case Outcome.Well _ -> {
                well = true;
                errors = StreamErrors.of(head.headers());
                if (errors.isEmpty()) {
                    passTrial();
                }
            }
            case Outcome.Refused _ -> refused();
            case Outcome.Failed failed -> tell(() -> reporter.failed(trial, failed.pause()));
            case Outcome.Limited limited -> tell(() -> reporter.limited(trial, limited.pause()));
            case Outcome.Nothing _ -> tell(() -> reporter.nothing(trial));
        }
        return errors.isPresent();
    }

    /** A model that refuses a request is there; the refusal is no sign that it does well with others. */
    private void refused() {
        tell(this::passTrial);
    }

    @Override
    public void chunk(byte[] bytes) {
        if (told || errors.isEmpty()) {
            return;
        }
        firstByte();
        errors.get().feed(bytes);
        if (errors.get().found()) {
            tell(() -> reporter.failed(trial, Duration.ZERO));
        }
    }

    private void firstByte() {
        if (!awaitsFirstByte) {
            return;
        }
        awaitsFirstByte = false;
        if (isSlow()) {
            tell(() -> reporter.failed(trial, Duration.ZERO));
        } else {
            passTrial();
        }
    }

    private void passTrial() {
        if (trial) {
            reporter.well(true);
            trial = false;
        }
    }

    private boolean isSlow() {
        return slow.isPresent() && System.nanoTime() - began > slow.get().toNanos();
    }

    @Override
    public void close(Ending ending) {
        if (well && ending == Ending.COMPLETED) {
            tell(() -> reporter.well(trial));
        } else if (isSlow() && !well) {
            tell(() -> reporter.failed(trial, Duration.ZERO));
        } else {
            tell(() -> reporter.nothing(trial));
        }
    }

    private void tell(Runnable what) {
        if (!told) {
            told = true;
            what.run();
            trial = false;
        }
    }
}
