package dev.gatehouse.text.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.text.Detector;
import dev.gatehouse.text.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the detector on labelled rows ({@code secrets.jsonl}: positives with spans, negatives) and on benign prompts.
 *
 * <p>A positive row is found if a finding covers at least half of the labelled span. Precision counts rows: found positives against
 * negatives with any finding. Spare findings are findings in positive rows that touch no labelled span. The positive categories fall
 * into two halves by hash: rules may be written looking at the first, the second is only measured.
 */
final class SecretBench {

    record Row(String source, String text, boolean positive, String category, boolean generic, List<int[]> spans) {

        boolean found(List<Finding> findings) {
            return spans.stream().anyMatch(span -> findings.stream().anyMatch(finding -> covers(finding, span)));
        }

        boolean touches(Finding finding) {
            return spans.stream().anyMatch(span -> finding.start() < span[1] && span[0] < finding.end());
        }

        private static boolean covers(Finding finding, int[] span) {
            int shared = Math.min(finding.end(), span[1]) - Math.max(finding.start(), span[0]);
            return shared * 2 >= span[1] - span[0];
        }

        boolean written() {
            return sha256(category)[0] % 2 == 0;
        }
    }

    record Score(int rows, int found, int spare, List<String> missed) {

        double recall() {
            return rows == 0 ? 1 : (double) found / rows;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Detector detector;
    private final List<Row> rows;
    private final List<String> benign;

    SecretBench(Path data, Detector detector) throws IOException {
        this.detector = detector;
        rows = lines(data.resolve("guard/secrets.jsonl")).map(SecretBench::row).toList();
        benign = Stream.concat(lines(data.resolve("guard/injection.jsonl")).filter(node -> node.path("label").asInt() == 0),
                lines(data.resolve("guard/moderation.jsonl"))).map(node -> node.path("text").asText()).toList();
    }

    Score score(Predicate<Row> which) {
        List<Row> chosen = rows.stream().filter(Row::positive).filter(which).toList();
        int found = 0;
        int spare = 0;
        List<String> missed = new ArrayList<>();
        for (Row row : chosen) {
            List<Finding> findings = detector.scan(row.text());
            spare += (int) findings.stream().filter(finding -> !row.touches(finding)).count();
            if (row.found(findings)) {
                found++;
            } else {
                missed.add(row.category());
            }
        }
        return new Score(chosen.size(), found, spare, missed);
    }

    List<Row> rows() {
        return rows;
    }

    List<Row> flaggedNegatives() {
        return rows.stream().filter(row -> !row.positive() && !detector.scan(row.text()).isEmpty()).toList();
    }

    /** Found positives of a score against all flagged negatives. */
    double precision(Score score) {
        return (double) score.found() / (score.found() + flaggedNegatives().size());
    }

    List<String> flaggedRules() {
        return flaggedNegatives().stream().flatMap(row -> detector.scan(row.text()).stream().map(Finding::category).distinct()).toList();
    }

    Detector detector() {
        return detector;
    }

    List<String> benign() {
        return benign;
    }

    List<String> flaggedBenign() {
        return benign.stream().filter(text -> !detector.scan(text).isEmpty()).toList();
    }

    static Map<String, Long> counts(List<String> names) {
        return names.stream().collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    private static Row row(JsonNode node) {
        String text = node.path("text").asText();
        List<int[]> spans = new ArrayList<>();
        for (JsonNode span : node.path("spans")) {
            spans.add(new int[] {text.offsetByCodePoints(0, span.path("start").asInt()), text.offsetByCodePoints(0, span.path("end").asInt())});
        }
        return new Row(node.path("source").asText(), text, node.path("label").asInt() == 1, node.path("category").asText(),
                node.path("generic").asBoolean(), spans);
    }

    private static Stream<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            nodes.add(JSON.readTree(line));
        }
        return nodes.stream();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
