package dev.gatehouse.router.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.embedding.EmbedderSettings;
import dev.gatehouse.embedding.EncoderSettings;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.router.classify.Example;
import dev.gatehouse.router.classify.LinearHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How soon a policy of 150 routes with ten examples each runs after a change: the encoder that ships, and the classifier. Run by
 * {@code bench/run-router}; not part of the build.
 */
class ReadyMeasure {

    private static final int ROUTES = 150;
    private static final int EXAMPLES = 10;
    private static final String[] ASKED = {"how do I change my %s", "what is the %s of my account", "please cancel the %s for tomorrow",
        "tell me about %s in my area", "I have lost my %s, what now", "is there a %s near me", "set a new %s for next week", "why was my %s declined",
        "can you show me every %s from last month", "I would like to order another %s"};

    private static String text(int route, int example, int version) {
        String thing = Integer.toString(route * 7_919 + version, 26).replaceAll("\\d", "o") + " number " + route;
        return ASKED[example].formatted(thing);
    }

    private static List<Example> examples(ExampleVectors vectors, int changed) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < ROUTES * EXAMPLES; i++) {
            texts.add(text(i / EXAMPLES, i % EXAMPLES, i / EXAMPLES < changed ? 1 : 0));
        }
        List<Int8Vector> made = vectors.of(texts);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            examples.add(new Example("r" + i / EXAMPLES, texts.get(i), false, made.get(i)));
        }
        return examples;
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void measure(String what, ExampleVectors vectors, int changed) {
        long began = System.nanoTime();
        long worked = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
        List<Example> examples = examples(vectors, changed);
        double embedded = seconds(began);
        LinearHead head = new LinearHead(examples, Map.of());
        double cpu = (ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() - worked) / 1e9;
        System.out.printf("%s: ready after %.1f s, of which %.1f s embedding; %.1f s of one core%n", what, seconds(began), embedded, cpu);
        assertThat(head.report().thresholds()).hasSize(ROUTES);
    }

    @Test
    void afterAChange() throws Exception {
        try (Embedder embedder = Embedder.open(EncoderSettings.standard(), EmbedderSettings.STANDARD, KeyedHash.random())) {
            ExampleVectors vectors = new ExampleVectors(text -> embedder.embedAside(text, Duration.ofSeconds(30)));
            measure("150 routes of ten examples, all new", vectors, 0);
            measure("the same with one route changed", vectors, 1);
        }
    }
}
