package dev.gatehouse.risk.compile;

import dev.gatehouse.detection.Detectors;
import dev.gatehouse.detection.Known;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.guard.Detection;
import dev.gatehouse.policy.risk.RiskDetection;
import dev.gatehouse.policy.risk.RiskRule;
import dev.gatehouse.risk.asked.Asked;
import dev.gatehouse.risk.compile.CompiledRule.Source;
import dev.gatehouse.risk.schema.OutputSchema;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.command.DangerousCommands;
import dev.gatehouse.text.content.ContentLists;
import dev.gatehouse.text.exfiltration.Exfiltration;
import dev.gatehouse.text.exfiltration.Hosts;
import dev.gatehouse.text.exfiltration.LinkKind;
import dev.gatehouse.text.leak.Canaries;
import dev.gatehouse.text.leak.SystemPromptLeak;
import dev.gatehouse.text.shape.AnswerLength;
import dev.gatehouse.text.shape.Repetition;
import dev.gatehouse.text.stream.StreamingDetector;
import dev.gatehouse.text.view.StreamedReadings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the detector of one rule. */
final class AnswerScans {

    private static final String SCHEMA = "schema";
    private static final String LISTS = "lists";

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
            case RiskDetection.Shared shared -> Source.always(new StreamedReadings(shared(shared.detection(), rule, field)));
            case RiskDetection.JsonSchema schema -> schema(schema, field + ".jsonSchema.schema");
            case RiskDetection.SystemPromptLeak leak -> asked -> leak(leak, asked);
            case RiskDetection.Canaries canaries -> Source.always(new StreamedReadings(new Canaries(canaries.tokens())));
            case RiskDetection.Exfiltration exfiltration -> exfiltration(exfiltration);
            case RiskDetection.Commands commands -> commands(commands, field + ".commands.categories");
            case RiskDetection.Content content -> content(content, field + ".content");
            case RiskDetection.AnswerLength length -> Source.always(new AnswerLength(length.maxCharacters()));
            case RiskDetection.Repetition repetition -> Source.always(new Repetition(repetition.times(), repetition.minimumLength()));
            case RiskDetection.Moderation moderation -> throw new InvalidField(field, "moderation is asked, not read");
        };
    }

    private static Source content(RiskDetection.Content wanted, String field) {
        String scorer = wanted.scorer().orElse(LISTS);
        Known.check(scorer, List.of(LISTS), field + ".scorer", "scorer");
        Known.checkAll(wanted.categories(), ContentLists.categories().stream().sorted().toList(), field + ".categories");
        return Source.always(new StreamedReadings(new ContentLists(Set.copyOf(wanted.categories()))));
    }

    private static Optional<StreamingDetector> leak(RiskDetection.SystemPromptLeak leak, Asked asked) {
        return asked.systemTexts().isEmpty() ? Optional.empty()
                : Optional.of(new StreamedReadings(new SystemPromptLeak(String.join("\n", asked.systemTexts()), leak.minimumWords())));
    }

    private static Source exfiltration(RiskDetection.Exfiltration wanted) {
        Set<LinkKind> kinds = wanted.kinds().stream().map(AnswerScans::kind).collect(Collectors.toSet());
        Hosts allowed = Hosts.of(wanted.allowedHosts());
        Hosts denied = Hosts.of(wanted.deniedHosts());
        return asked -> {
            Optional<String> prompt = wanted.promptContent() && !asked.promptTexts().isEmpty()
                    ? Optional.of(String.join("\n", asked.promptTexts())) : Optional.empty();
            return Optional.of(new StreamedReadings(new Exfiltration(kinds, allowed, denied, wanted.maxQueryEntropy(), prompt)));
        };
    }

    private static LinkKind kind(RiskDetection.LinkKind kind) {
        return switch (kind) {
            case Url -> LinkKind.URL;
            case MarkdownImage -> LinkKind.MARKDOWN_IMAGE;
            case MarkdownLink -> LinkKind.MARKDOWN_LINK;
            case Html -> LinkKind.HTML;
            case DataUri -> LinkKind.DATA_URI;
        };
    }

    private static Source commands(RiskDetection.Commands wanted, String field) {
        Known.checkAll(wanted.categories(), DangerousCommands.categories().stream().sorted().toList(), field);
        return Source.always(new StreamedReadings(new DangerousCommands(Set.copyOf(wanted.categories()))));
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
