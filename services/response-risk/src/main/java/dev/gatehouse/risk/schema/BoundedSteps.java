package dev.gatehouse.risk.schema;

import com.networknt.schema.ExecutionContext;

/** Counts the keywords that a validation evaluates: schemas that refer to themselves can be made to take for ever. */
final class BoundedSteps extends ExecutionContext {

    private static final int MAX_STEPS = 200_000;

    private int steps;

    /** The bound was reached. */
    static final class Exceeded extends RuntimeException {
        private Exceeded() {
            super("validation takes too long", null, false, false);
        }
    }

    @Override
    public void evaluationPathAddLast(String keyword) {
        if (++steps > MAX_STEPS) {
            throw new Exceeded();
        }
        super.evaluationPathAddLast(keyword);
    }
}
