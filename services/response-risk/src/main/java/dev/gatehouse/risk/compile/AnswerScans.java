package dev.gatehouse.risk.compile;

import dev.gatehouse.detection.Detectors;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.guard.Detection;
import dev.gatehouse.policy.risk.RiskDetection;
import dev.gatehouse.policy.risk.RiskRule;
import dev.gatehouse.risk.compile.CompiledRule.Source;
import dev.gatehouse.risk.schema.OutputSchema;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.StreamingDetector;
import dev.gatehouse.text.view.FoldedDetector;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the detector of one rule. */
final class AnswerScans {

    private static final String SCHEMA = "schema";

    private final Detectors detectors = new Detectors();

    /** Whether a detection compares the answer with its request. */
    static boolean needsRequest(RiskDetection detection) {
        return switch (detection) {
            case RiskDetection.SystemPromptLeak leak -> true;
            case RiskDetection.Exfiltration exfiltration -> exfiltration.promptContent();
            case RiskDetection.JsonSchema schema -> schema.schema().isEmpty();
            default -> false;
        };
    }

    /**
     * @param field path of the rule, for what it is refused for
     * @throws InvalidField for what no detector knows
     */
    Source of(RiskRule rule, String field) {
        return switch (rule.detection()) {
            case RiskDetection.Shared shared -> Source.always(new FoldedDetector(shared(shared.detection(), rule, field)));
            case RiskDetection.JsonSchema schema -> schema(schema, field + ".jsonSchema.schema");
            default -> throw new InvalidField(field, "is not to be had yet");
        };
    }

    private StreamingDetector shared(Detection detection, RiskRule rule, String field) {
        return switch (detection) {
            case Detection.Pii pii -> detectors.pii(pii, rule.minimumScoreOrDefault(), field + ".pii");
            case Detection.Patterns patterns -> detectors.patterns(patterns, rule.maxLengthOrDefault());
            case Detection.Secrets secrets -> detectors.secrets(secrets, field + ".secrets");
            case Detection.Words words -> detectors.words(words);
            case Detection.Signatures signatures -> throw new InvalidField(field, "signatures are of prompts");
            case Detection.Anomaly anomaly -> throw new InvalidField(field, "anomalies are of prompts");
        };
    }

    private static Source schema(RiskDetection.JsonSchema wanted, String field) {
        if (wanted.schema().isPresent()) {
            return Source.always(detector(parsed(wanted.schema().get(), field)));
        }
        return asked -> asked.schema().flatMap(AnswerScans::usable).map(AnswerScans::detector);
    }

    private static OutputSchema parsed(String schema, String field) {
        try {
            return OutputSchema.parse(schema);
        } catch (IllegalArgumentException e) {
            throw new InvalidField(field, e.getMessage());
        }
    }

    /** A client's schema that cannot be used is its provider's to refuse. */
    private static Optional<OutputSchema> usable(String schema) {
        try {
            return Optional.of(OutputSchema.parse(schema));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static StreamingDetector detector(OutputSchema schema) {
        return StreamingDetector.atEnd(text -> schema.fault(text)
                .map(fault -> List.of(new Finding(SCHEMA, fault.name().toLowerCase(Locale.ROOT), 1, 0, text.length()))).orElse(List.of()));
    }
}
