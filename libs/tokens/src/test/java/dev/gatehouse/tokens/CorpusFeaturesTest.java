package dev.gatehouse.tokens;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Writes what {@code bench/tokens/fit.py} fits rates to: for each text of a corpus, its tokens and chars by script. */
class CorpusFeaturesTest {

    @Test
    @EnabledIfSystemProperty(named = "tokens.corpus", matches = ".+")
    void featuresOfACorpusAreWrittenBesideIt() throws IOException {
        Path corpus = Path.of(System.getProperty("tokens.corpus"));
        Vocabulary vocabulary = Vocabulary.o200k();
        StringBuilder rows = new StringBuilder();
        for (String line : Files.readAllLines(corpus.resolve("docs.jsonl"))) {
            Tally tally = Tally.unbounded(vocabulary);
            tally.add(new ObjectMapper().readTree(line).path("text").asText());
            rows.append(row(tally)).append('\n');
        }
        Files.writeString(corpus.resolve("features.txt"), rows);
    }

    private static String row(Tally tally) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < 2 * Script.COUNT; i++) {
            double[] only = new double[2 * Script.COUNT];
            only[i] = 1;
            row.append(tally.weighed(only)).append(' ');
        }
        return row.toString();
    }
}
