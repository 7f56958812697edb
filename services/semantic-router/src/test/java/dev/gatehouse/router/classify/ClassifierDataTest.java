package dev.gatehouse.router.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.embedding.EmbedderSettings;
import dev.gatehouse.embedding.EncoderSettings;
import dev.gatehouse.exchange.KeyedHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A quarter of CLINC150's routes with ten examples each, and questions of none: short enough for each build. Skipped without the data. */
class ClassifierDataTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUTES = 40;
    private static final int SHOTS = 10;
    private static final int ASKED = 6;

    private record Row(String route, String text) {}

    @Test
    void tenExamplesARouteTellRoutesApartAndKnowWhatIsNone() throws Exception {
        assumeTrue(System.getenv("GATEHOUSE_DATA") != null, "GATEHOUSE_DATA names no folder of labelled data");
        Map<String, List<String>> train = new LinkedHashMap<>();
        Map<String, List<String>> asked = new LinkedHashMap<>();
        List<String> outside = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(System.getenv("GATEHOUSE_DATA"), "semantic", "routing.jsonl"))) {
            JsonNode row = JSON.readTree(line);
            if (!row.path("source").asText().equals("clinc150")) {
                continue;
            }
            if (row.path("oos").asBoolean()) {
                outside.add(row.path("text").asText());
            } else {
                (row.path("split").asText().equals("train") ? train : asked).computeIfAbsent(row.path("route").asText(), any -> new ArrayList<>())
                        .add(row.path("text").asText());
            }
        }
        List<String> routes = train.keySet().stream().filter(asked::containsKey).limit(ROUTES).toList();
        EmbedderSettings patient = EmbedderSettings.STANDARD.withDeadline(Duration.ofSeconds(20));
        try (Embedder embedder = Embedder.open(EncoderSettings.standard(), patient, KeyedHash.random())) {
            List<Example> examples = new ArrayList<>();
            routes.forEach(route -> spread(train.get(route), SHOTS).forEach(text -> examples.add(new Example(route, text, false, embedder.embed(text)))));
            Head head = new LinearHead(examples, Map.of());
            List<Row> inside = new ArrayList<>();
            routes.forEach(route -> spread(asked.get(route), ASKED).forEach(text -> inside.add(new Row(route, text))));
            measure(head, embedder, inside, outside.stream().limit(120).toList());
        }
    }

    /** Neighbouring rows resemble each other. */
    private static List<String> spread(List<String> texts, int wanted) {
        return java.util.stream.IntStream.range(0, wanted).mapToObj(i -> texts.get(i * texts.size() / wanted)).toList();
    }

    private static void measure(Head head, Embedder embedder, List<Row> inside, List<String> outside) {
        Answers answers = new Answers();
        inside.forEach(row -> answers.add(row.route(), head.classify(embedder.embed(row.text()), row.text())));
        outside.forEach(text -> answers.add("", head.classify(embedder.embed(text), text)));
        System.out.println(answers);
        assertThat(answers.accuracy()).as("accuracy").isGreaterThan(0.94);
        assertThat(answers.auroc()).as("AUROC of in scope against none").isGreaterThan(0.97);
        assertThat(answers.keptAndRight()).as("in scope, kept and right").isGreaterThan(0.88);
        assertThat(answers.refusedOfNone()).as("of none, refused").isGreaterThan(0.85);
    }
}
