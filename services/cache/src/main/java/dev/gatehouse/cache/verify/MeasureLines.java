package dev.gatehouse.cache.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.cache.verify.text.Comparison;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Gives {@code training/fit_verifier.py} the measures that the product computes: NDJSON with {@code asked}, {@code stored} and {@code
 * cosine} on standard input, a line of numbers with commas for each on standard output.
 */
public final class MeasureLines {

    private MeasureLines() {}

    public static void main(String[] arguments) throws IOException {
        ObjectMapper json = new ObjectMapper();
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(line(json.readTree(line)));
            }
        }
        out.flush();
    }

    private static String line(JsonNode pair) {
        Comparison comparison = Comparison.of(pair.get("asked").asText(), pair.get("stored").asText());
        double[] measures = TextVerifier.measures(pair.get("cosine").asDouble(), comparison.vetoes(), comparison.measures());
        return Arrays.stream(measures).mapToObj(Double::toString).collect(Collectors.joining(","));
    }
}
