package dev.gatehouse.router.gain;

import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.embedding.EmbedderSettings;
import dev.gatehouse.embedding.EncoderSettings;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.router.gain.LabelledFile.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code FitRouter DATA MODEL [TEST] [WEAK STRONG]}: fits a gain model on labelled requests ({@link LabelledFile}) and says how well such a model
 * does on requests that it has not seen: on those left out of the data by turns, and on a file of others where one is given.
 */
public final class FitRouter {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TOLD_EVERY = 500;

    private FitRouter() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        if (arguments.length < 2 || arguments.length > 5) {
            System.err.println("usage: FitRouter DATA MODEL [TEST] [WEAK STRONG]");
            System.exit(2);
        }
        List<String> named = List.of(arguments).subList(2, arguments.length);
        LabelledFile.Models models = named.size() >= 2 ? new LabelledFile.Models(named.get(named.size() - 2), named.getLast()) : LabelledFile.Models.SHORT;
        Optional<String> test = named.size() % 2 == 1 ? Optional.of(named.getFirst()) : Optional.empty();
        List<Labelled> all = embedded(LabelledFile.read(Path.of(arguments[0]), models));
        List<Labelled> unseen = test.isEmpty() ? List.of() : embedded(LabelledFile.read(Path.of(test.get()), models));
        List<Labelled> rows = GainModel.sample(all);
        System.err.println("fitting on " + rows.size() + " of " + all.size() + " requests, and five times on four in five of them");
        double[] leftOut = GainModel.leftOut(rows);
        System.out.println(readable("On requests not fitted on (five folds)", rows, leftOut));
        GainModel model = GainModel.fit(rows, leftOut);
        model.write(Files.newOutputStream(Path.of(arguments[1])));
        if (!unseen.isEmpty()) {
            System.out.println(readable("On " + test.get(), unseen, model.worths(unseen)));
        }
    }

    private static List<Labelled> embedded(List<Line> lines) throws InterruptedException, ExecutionException {
        EmbedderSettings patient = EmbedderSettings.STANDARD.withDeadline(PATIENCE);
        int cores = Runtime.getRuntime().availableProcessors();
        try (Embedder embedder = Embedder.open(EncoderSettings.standard(), patient, KeyedHash.random());
                ExecutorService threads = Executors.newFixedThreadPool(cores)) {
            List<Future<Labelled>> all = lines.stream().map(line -> threads.submit(() -> line.with(embedder.embedAside(line.text(), PATIENCE)))).toList();
            List<Labelled> rows = new ArrayList<>();
            for (Future<Labelled> row : all) {
                rows.add(row.get());
                if (rows.size() % TOLD_EVERY == 0) {
                    System.err.println("embedded " + rows.size() + " of " + all.size());
                }
            }
            return rows;
        }
    }

    private static String readable(String where, List<Labelled> rows, double[] worths) {
        Curve curve = Curve.of(rows, worths);
        if (curve.strong() <= curve.weak()) {
            return "%s%nOf %,d requests the strong model is right on no more than the weak one: there is no gap to win.".formatted(where, rows.size());
        }
        return String.format(Locale.ROOT, """
                %s
                Requests                          %,d
                Weak model right                  %.1f %%
                Strong model right                %.1f %%
                APGR (0.5 by chance)              %.3f +- %.3f
                Strong calls for half of the gap  %.1f %%
                Strong calls for 80 %% of the gap  %.1f %%""",
                where, rows.size(), 100 * curve.weak(), 100 * curve.strong(), curve.apgr(), Curve.deviation(rows, worths), 100 * curve.forHalf(),
                100 * curve.forMost());
    }
}
