package dev.gatehouse.guard.compile;

import dev.gatehouse.detection.Detectors;
import dev.gatehouse.detection.Known;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.guard.Detection;
import dev.gatehouse.text.anomaly.AnomalyDetector;
import dev.gatehouse.text.anomaly.Thresholds;
import dev.gatehouse.text.pattern.UserPattern;
import dev.gatehouse.text.signature.SignatureDetector;
import dev.gatehouse.text.view.EvasionScan;
import java.util.Set;

/** Makes the scan of one rule. The signatures that come with Gatehouse are compiled once and shared. */
final class Scans {

    private final SignatureDetector signatures = SignatureDetector.bundled();
    private final Detectors detectors = new Detectors();

    /**
     * @param field path of the rule, for what it is refused for
     * @throws InvalidField for an unknown entity, region, secret rule or signature category
     */
    CompiledRule.Scan of(Detection detection, double minimumScore, String field) {
        return switch (detection) {
            case Detection.Pii pii -> EvasionScan.ofData(detectors.pii(pii, minimumScore, field + ".pii"))::scan;
            case Detection.Secrets secrets -> EvasionScan.ofData(detectors.secrets(secrets, field + ".secrets"))::scan;
            case Detection.Signatures wanted -> signatures(wanted, field + ".signatures");
            case Detection.Anomaly anomaly -> anomaly(anomaly);
            case Detection.Patterns patterns -> EvasionScan.ofWords(detectors.patterns(patterns, UserPattern.DEFAULT_LENGTH))::scan;
            case Detection.Words words -> EvasionScan.ofWords(detectors.words(words))::scan;
        };
    }

    private CompiledRule.Scan signatures(Detection.Signatures wanted, String field) {
        if (wanted.categories().isEmpty()) {
            return signatures::scan;
        }
        Set<String> categories = Set.copyOf(wanted.categories());
        Known.checkAll(wanted.categories(), signatures.categories(), field + ".categories");
        return text -> signatures.scan(text).stream().filter(finding -> categories.contains(finding.category())).toList();
    }

    private static CompiledRule.Scan anomaly(Detection.Anomaly anomaly) {
        AnomalyDetector detector = new AnomalyDetector(new Thresholds(
                anomaly.maxEntropy().orElse(Double.MAX_VALUE), anomaly.maxInvisibleShare().orElse(Double.MAX_VALUE),
                anomaly.maxRepetition().orElse(Double.MAX_VALUE), Integer.MAX_VALUE, Integer.MAX_VALUE,
                anomaly.maxLength().orElse(Integer.MAX_VALUE), Thresholds.DEFAULT.shortest()));
        return text -> detector.scan(text.original());
    }
}
