package dev.gatehouse.embedding;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import java.time.Duration;
import java.util.Optional;

/**
 * One embedding for the whole chain: the vector that an earlier service handed over where it is of this model, this selection and
 * exactly this text, else one made now and to be handed over. What is handed over comes from Envoy's dynamic metadata alone, which no
 * client can write; the hash is keyed, so that not even who could write there could claim a text.
 */
public final class ChainEmbedder {

    /**
     * A vector and where it is from.
     *
     * @param handOver what to hand over; empty where the vector was handed over
     */
    public record Answer(Int8Vector vector, HandOver handOver) {

        public boolean wasHandedOver() {
            return handOver.isEmpty();
        }
    }

    private final String feature;
    private final Embedder embedder;
    private final TextHash hash;

    /**
     * @param feature that writes the hand-over
     * @param hash    the same in all services of the chain; with another each makes its own vectors
     */
    public ChainEmbedder(String feature, Embedder embedder, KeyedHash hash) {
        this.feature = feature;
        this.embedder = embedder;
        this.hash = new TextHash(hash);
    }

    /** @throws EmbeddingFailed if nothing fit was handed over and none can be made */
    public Answer vector(HandOver before, TextSelection selection, String text) {
        return handedOver(before, selection, text).orElseGet(() -> made(selection, text, embedder.embed(text)));
    }

    /**
     * As {@link #vector(HandOver, TextSelection, String)}, waiting no longer than {@code most}.
     *
     * @throws EmbeddingFailed if nothing fit was handed over and none can be made in time
     */
    public Answer vector(HandOver before, TextSelection selection, String text, Duration most) {
        return handedOver(before, selection, text).orElseGet(() -> made(selection, text, embedder.embed(text, most)));
    }

    private Optional<Answer> handedOver(HandOver before, TextSelection selection, String text) {
        boolean fits = before.get(HandOver.EMBEDDING_MODEL).filter(embedder.model()::equals).isPresent()
                && before.get(HandOver.EMBEDDING_TEXT).filter(selection.word()::equals).isPresent()
                && before.get(HandOver.EMBEDDING_HASH).filter(hash.of(text)::equals).isPresent();
        return fits ? vector(before).filter(vector -> vector.dimensions() == embedder.dimensions()).map(vector -> new Answer(vector, HandOver.none()))
                : Optional.empty();
    }

    private static Optional<Int8Vector> vector(HandOver before) {
        return before.get(HandOver.EMBEDDING).flatMap(base64 -> before.get(HandOver.EMBEDDING_SCALE).flatMap(scale -> Int8Vector.parse(base64, scale)));
    }

    private Answer made(TextSelection selection, String text, Int8Vector vector) {
        return new Answer(vector, HandOver.none()
                .with(feature, HandOver.EMBEDDING, vector.base64())
                .with(feature, HandOver.EMBEDDING_SCALE, (double) vector.scale())
                .with(feature, HandOver.EMBEDDING_MODEL, embedder.model())
                .with(feature, HandOver.EMBEDDING_TEXT, selection.word())
                .with(feature, HandOver.EMBEDDING_HASH, hash.of(text)));
    }
}
