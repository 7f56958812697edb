package dev.gatehouse.exchange;

import java.time.Duration;

/** Why a handler gave no verdict. */
public sealed interface Failure {

    /** Stable, low-cardinality name for metrics. */
    String reason();

    /** It took longer than the acceptance's timeout. */
    record TimedOut(Duration timeout) implements Failure {
        @Override
        public String reason() {
            return "timeout";
        }
    }

    /** It threw. The message of the cause may hold user content: log its type only. */
    record Threw(Throwable cause) implements Failure {
        @Override
        public String reason() {
            return "error";
        }
    }

    /** The verdict asks for what the attachment cannot do, e.g. a changed body over ext_authz. */
    record Impossible(Attachment attachment, Attachment.Capability missing) implements Failure {
        @Override
        public String reason() {
            return "unsupported_by_attachment";
        }
    }
}
