package dev.gatehouse.policy.risk;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * What to do with answers, or parts of them, that cannot be read, by kind. Where nothing is said, a policy that fails closed blocks
 * and one that fails open reports; answers of unknown formats are read as text.
 *
 * @param encodedBodies    answers under a content coding or character set that is not known, or that decode to too much
 * @param unknownFormats   answers in no known provider format; here also InspectAsText
 * @param binary           answers that are no text at all
 * @param malformed        answers in a known format that are not what the format says, so that clients may read them in another way
 * @param incompleteBodies answers, or single events of a stream, longer than {@code maxBodyBytes}
 */
public record UninspectableAnswers(
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UnreadAction> encodedBodies,
        Optional<UnreadAction> unknownFormats,
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UnreadAction> binary,
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UnreadAction> malformed,
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UnreadAction> incompleteBodies) {

    /** What is done with what cannot be read. */
    public enum UnreadAction {
        /** As a rule's Block. */ Block,
        /** It passes. */ Allow,
        /** It passes and is recorded. */ Report,
        /** Its bytes are read as plain UTF-8 text; only for unknown formats. */ InspectAsText
    }

    /** Kinds, named as the record's members. */
    public enum Content { encodedBodies, unknownFormats, binary, malformed, incompleteBodies }

    /** Nothing is said. */
    public static final UninspectableAnswers DEFAULT = new UninspectableAnswers(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public UninspectableAnswers {
        refuseAsText("encodedBodies", encodedBodies);
        refuseAsText("binary", binary);
        refuseAsText("malformed", malformed);
        refuseAsText("incompleteBodies", incompleteBodies);
    }

    UnreadAction when(Content content, FailureMode failureMode) {
        UnreadAction unsaid = failureMode == FailureMode.FailClosed ? UnreadAction.Block : UnreadAction.Report;
        return switch (content) {
            case encodedBodies -> encodedBodies.orElse(unsaid);
            case unknownFormats -> unknownFormats.orElse(UnreadAction.InspectAsText);
            case binary -> binary.orElse(unsaid);
            case malformed -> malformed.orElse(unsaid);
            case incompleteBodies -> incompleteBodies.orElse(unsaid);
        };
    }

    private static void refuseAsText(String field, Optional<UnreadAction> action) {
        InvalidField.check(!action.equals(Optional.of(UnreadAction.InspectAsText)), field,
                "must be Block, Allow or Report; InspectAsText is only for unknownFormats");
    }
}
