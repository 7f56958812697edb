package dev.gatehouse.text.anomaly;

import dev.gatehouse.text.Detector;
import dev.gatehouse.text.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures a text's shape, in one pass for each measure. Categories: {@code high-entropy}, {@code invisible-characters},
 * {@code repetition}, {@code symbol-run}, {@code mixed-scripts}, {@code length}. The score is 0.5 at the threshold and grows in
 * proportion to the measure, up to 1. Meant for the text as it came; findings may overlap.
 */
public final class AnomalyDetector implements Detector {

    private final Thresholds thresholds;

    public AnomalyDetector(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    @Override
    public List<Finding> scan(String text) {
        List<Finding> found = new ArrayList<>();
        Characters characters = Characters.of(text);
        whole(text, "length", text.length(), thresholds.length(), found);
        whole(text, "invisible-characters", characters.invisibleShare(), thresholds.invisibleShare(), found);
        whole(text, "mixed-scripts", characters.mixedWords(), thresholds.mixedWords(), found);
        if (text.length() >= thresholds.shortest()) {
            whole(text, "high-entropy", characters.entropy(), thresholds.entropy(), found);
            whole(text, "repetition", Repetition.share(text), thresholds.repetition(), found);
        }
        run(characters, found);
        return List.copyOf(found);
    }

    private void run(Characters characters, List<Finding> found) {
        int length = characters.runEnd() - characters.runStart();
        if (length >= thresholds.symbolRun()) {
            double score = score(length, thresholds.symbolRun());
            found.add(new Finding("anomaly", "symbol-run", score, characters.runStart(), characters.runEnd()));
        }
    }

    private static void whole(String text, String category, double measure, double threshold, List<Finding> found) {
        if (measure >= threshold) {
            found.add(new Finding("anomaly", category, score(measure, threshold), 0, text.length()));
        }
    }

    private static double score(double measure, double threshold) {
        return Math.min(1, measure / threshold / 2);
    }
}
