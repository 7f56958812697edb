package dev.gatehouse.router.gain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.embedding.EmbedderSettings;
import dev.gatehouse.embedding.EncoderSettings;
import dev.gatehouse.exchange.KeyedHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code FitRouter DATA MODEL}: fits a gain model on labelled requests, a JSON object a line: {@code text}, {@code weak_ok}, {@code strong_ok}.
 * Says how well such a model does on requests that it has not seen.
 */
public final class FitRouter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private FitRouter() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            System.err.println("usage: FitRouter DATA MODEL");
            System.exit(2);
        }
        List<Labelled> rows = embedded(Files.readAllLines(Path.of(arguments[0])));
        System.out.println(readable(rows.size(), Curve.of(rows, GainModel.leftOut(rows))));
        GainModel.fit(rows).write(Files.newOutputStream(Path.of(arguments[1])));
    }

    private static List<Labelled> embedded(List<String> lines) throws IOException, InterruptedException {
        EmbedderSettings patient = EmbedderSettings.STANDARD.withDeadline(Duration.ofSeconds(30));
        try (Embedder embedder = Embedder.open(EncoderSettings.standard(), patient, KeyedHash.random())) {
            List<Labelled> rows = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                rows.add(row(lines.get(i), i + 1, embedder));
            }
            return rows;
        }
    }

    private static Labelled row(String line, int number, Embedder embedder) throws IOException {
        JsonNode row = JSON.readTree(line);
        if (!row.path("text").isTextual() || !row.path("weak_ok").isBoolean() || !row.path("strong_ok").isBoolean()) {
            throw new IOException("line " + number + " needs text, weak_ok and strong_ok");
        }
        String text = row.path("text").asText();
        return new Labelled(text, embedder.embed(text), row.path("weak_ok").asBoolean(), row.path("strong_ok").asBoolean());
    }

    private static String readable(int rows, Curve curve) {
        return String.format(Locale.ROOT, """
                Requests                          %,d
                Weak model right                  %.1f %%
                Strong model right                %.1f %%
                On requests not fitted on (five folds):
                APGR (0.5 by chance)              %.3f
                Strong calls for half of the gap  %.1f %%
                Strong calls for 80 %% of the gap  %.1f %%""",
                rows, 100 * curve.weak(), 100 * curve.strong(), curve.apgr(), 100 * curve.forHalf(), 100 * curve.forMost());
    }
}
