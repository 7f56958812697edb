package dev.gatehouse.embedding;

import java.util.List;

/** A model that makes vectors of texts. Thread-safe; calls block. */
sealed interface Encoder extends AutoCloseable permits OnnxEncoder, EndpointEncoder {

    /** Opens it; the files of a model are read here. @throws UnusableEncoder if they cannot be used */
    static Encoder open(EncoderSettings settings) {
        return switch (settings) {
            case EncoderSettings.Shipped shipped -> OnnxEncoder.shipped(shipped);
            case EncoderSettings.Files files -> OnnxEncoder.files(files);
            case EncoderSettings.Endpoint endpoint -> new EndpointEncoder(endpoint);
        };
    }

    String name();

    int dimensions();

    /** How many pieces one call may take; 1 where more do not pay. */
    int batch();

    /** The pieces in which a text is read, in order; each is short enough for {@link #encode}. @throws EmbeddingFailed for what has none */
    List<String> windows(String text);

    /** One vector for each piece, at most {@link #batch} of them. @throws EmbeddingFailed if there is none */
    List<float[]> encode(List<String> pieces);

    @Override
    void close();
}
