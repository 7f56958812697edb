package dev.gatehouse.tokens;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many tokens of a family a token of o200k is, and a char beside it, by script: from {@code rates.txt}. */
final class Rates {

    private static final Map<ModelFamily, double[]> RATES = load();
    private static final double[] ONES = ones();

    private Rates() {}

    /** The rates of a family for the tokens of each {@link Script}, then for its chars; those of o200k itself where nothing is known. */
    static double[] of(ModelFamily family) {
        return RATES.getOrDefault(family, ONES);
    }

    private static double[] ones() {
        double[] ones = new double[2 * Script.COUNT];
        Arrays.fill(ones, 0, Script.COUNT, 1);
        return ones;
    }

    private static Map<ModelFamily, double[]> load() {
        Map<ModelFamily, double[]> rates = new EnumMap<>(ModelFamily.class);
        for (String line : lines()) {
            String[] words = line.split(" ");
            rates.put(ModelFamily.valueOf(words[0]), row(words));
        }
        return rates;
    }

    private static List<String> lines() {
        try (BufferedReader file = new BufferedReader(
                new InputStreamReader(Rates.class.getResourceAsStream("rates.txt"), StandardCharsets.UTF_8))) {
            return file.lines().filter(line -> !line.startsWith("#") && !line.startsWith("family ")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] row(String[] words) {
        double[] row = new double[2 * Script.COUNT];
        for (int i = 0; i < Script.COUNT; i++) {
            String[] rate = words[i + 1].split(",");
            row[i] = Double.parseDouble(rate[0]);
            row[Script.COUNT + i] = Double.parseDouble(rate[1]);
        }
        return row;
    }
}
