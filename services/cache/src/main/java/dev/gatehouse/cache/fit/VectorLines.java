package dev.gatehouse.cache.fit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.embedding.EmbedderSettings;
import dev.gatehouse.embedding.EncoderSettings;
import dev.gatehouse.exchange.KeyedHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Gives {@code training/fit_verifier.py} the vectors that the product makes: a text a line as a JSON string in, its vector's int8 parts in base64 a line out. */
public final class VectorLines {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private VectorLines() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        EmbedderSettings patient = EmbedderSettings.STANDARD.withDeadline(PATIENCE);
        try (Embedder embedder = Embedder.open(EncoderSettings.standard(), patient, KeyedHash.random());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(embedder.embed(json.readValue(line, String.class)).base64());
            }
        }
        out.flush();
    }
}
