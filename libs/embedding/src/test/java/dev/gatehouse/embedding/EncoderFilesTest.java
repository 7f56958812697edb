package dev.gatehouse.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderFilesTest {

    @TempDir
    private Path folder;
    private Path model;
    private Path tokenizer;

    @BeforeEach
    void unpack() throws IOException {
        model = unpack(ShippedEncoder.ALL_MINILM_L6_V2_Q.modelResource(), "model.onnx");
        tokenizer = unpack(ShippedEncoder.ALL_MINILM_L6_V2_Q.tokenizerResource(), "tokenizer.json");
    }

    @Test
    void aModelFromFilesGivesTheVectorsOfTheShippedOne() throws Exception {
        try (Embedder ofFiles = open(model, tokenizer); Embedder shipped = Embedders.shipped(ShippedEncoder.ALL_MINILM_L6_V2_Q)) {
            assertThat(ofFiles.embed("the same text")).isEqualTo(shipped.embed("the same text"));
            assertThat(ofFiles.model()).isEqualTo("mine/1");
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertUnusable(folder.resolve("gone.onnx"), tokenizer, "gone.onnx cannot be read: NoSuchFileException");
        assertUnusable(model, folder.resolve("gone.json"), "gone.json cannot be read: NoSuchFileException");
    }

    @Test
    void whatIsNoModelIsSaid() throws IOException {
        assertUnusable(Files.writeString(folder.resolve("text.onnx"), "no model"), tokenizer, "encoder mine cannot be loaded");
        assertUnusable(model, Files.writeString(folder.resolve("t.json"), "no json"), "encoder mine cannot be loaded");
    }

    @Test
    void aTokenizerOfAnotherKindIsRefused() throws IOException {
        Path bpe = Files.writeString(folder.resolve("bpe.json"), "{\"model\": {\"type\": \"BPE\", \"vocab\": {}, \"merges\": []}}");
        assertUnusable(model, bpe, "its tokenizer is not of the kind WordPiece; serve the model behind an endpoint");
    }

    private static void assertUnusable(Path model, Path tokenizer, String message) {
        assertThatThrownBy(() -> open(model, tokenizer)).isInstanceOf(UnusableEncoder.class).hasMessageContaining(message);
    }

    private static Embedder open(Path model, Path tokenizer) {
        return Embedder.open(new EncoderSettings.Files("mine", model, tokenizer, Pooling.MEAN, 1), Embedders.PATIENT, Embedders.HASH);
    }

    private Path unpack(String resource, String name) throws IOException {
        try (InputStream stream = ShippedEncoder.class.getResourceAsStream(resource)) {
            return Files.write(folder.resolve(name), stream.readAllBytes());
        }
    }
}
