package dev.gatehouse.router.classify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.embedding.EmbedderSettings;
import dev.gatehouse.embedding.EncoderSettings;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How right the classifier is on the whole development data, in minutes; run by hand: {@code -Dtest=ClassifierMeasure} with
 * {@code GATEHOUSE_DATA}. CLINC150 is asked its validation rows. Banking77 has none: every fifth row of a shuffle is left out and asked.
 */
class ClassifierMeasure {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Row(String route, String text, boolean outside) {}

    private final Map<String, Int8Vector> vectors = new ConcurrentHashMap<>();

    @Test
    void measure() throws Exception {
        Map<String, List<Row>> rows = rows();
        embed(rows.values().stream().flatMap(List::stream).flatMap(row -> Stream.of(row.text(), words(row.route()))).distinct().toList());
        for (int seed = 0; seed < 3; seed++) {
            print("CLINC150, 10 examples", few(rows.get("clinc150/train"), seed), rows.get("clinc150/val"));
        }
        print("CLINC150, all", inside(rows.get("clinc150/train")), rows.get("clinc150/val"));
        for (int seed = 0; seed < 3; seed++) {
            List<Row> shuffled = new ArrayList<>(rows.get("banking77/train"));
            Collections.shuffle(shuffled, new Random(seed));
            List<Row> kept = shuffled.subList(shuffled.size() / 5, shuffled.size());
            List<Row> asked = shuffled.subList(0, shuffled.size() / 5);
            print("Banking77, 10 examples", few(kept, seed), asked);
            print("Banking77, all", kept, asked);
        }
    }

    private static Map<String, List<Row>> rows() throws Exception {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of(System.getenv("GATEHOUSE_DATA"), "semantic", "routing.jsonl"))) {
            JsonNode row = JSON.readTree(line);
            String part = row.path("source").asText() + "/" + row.path("split").asText();
            if (!part.startsWith("hwu64")) {
                rows.computeIfAbsent(part, any -> new ArrayList<>())
                        .add(new Row(row.path("route").asText(), row.path("text").asText(), row.path("oos").asBoolean()));
            }
        }
        return rows;
    }

    private void embed(List<String> texts) throws Exception {
        EmbedderSettings patient = EmbedderSettings.STANDARD.withDeadline(Duration.ofMinutes(1));
        try (Embedder embedder = Embedder.open(EncoderSettings.standard(), patient, KeyedHash.random())) {
            texts.parallelStream().forEach(text -> vectors.put(text, embedder.embed(text)));
        }
    }

    private static List<Row> inside(List<Row> rows) {
        return rows.stream().filter(row -> !row.outside()).toList();
    }

    private static List<Row> few(List<Row> rows, int seed) {
        List<Row> shuffled = new ArrayList<>(inside(rows));
        Collections.shuffle(shuffled, new Random(seed));
        Map<String, Integer> seen = new LinkedHashMap<>();
        return shuffled.stream().filter(row -> seen.merge(row.route(), 1, Integer::sum) <= 10).toList();
    }

    /** As a policy's author names a route. */
    private static String words(String route) {
        return route.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ").strip();
    }

    private Map<String, Int8Vector> names(List<Row> taught) {
        Map<String, Int8Vector> names = new LinkedHashMap<>();
        taught.forEach(row -> names.put(row.route(), vectors.get(words(row.route()))));
        return names;
    }

    private void print(String what, List<Row> taught, List<Row> asked) {
        long start = System.nanoTime();
        Head head = new LinearHead(taught.stream().map(row -> new Example(row.route(), row.text(), false, vectors.get(row.text()))).toList(), names(taught), Map.of());
        double seconds = (System.nanoTime() - start) / 1e9;
        Answers answers = new Answers();
        asked.forEach(row -> answers.add(row.outside() ? "" : row.route(), head.classify(vectors.get(row.text()), row.text())));
        System.out.printf("%-24s trained in %.1f s: %s%n", what, seconds, answers);
    }
}
