package dev.gatehouse.router.decide;

import dev.gatehouse.embedding.EmbeddingFailed;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.router.gain.GainModel;
import dev.gatehouse.router.signal.Worth;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Of a text, by a gain model, worked out once. Where there is no text, or it cannot be embedded, nothing speaks for the strong model. For
 * one thread.
 */
final class TextWorth implements Worth {

    private final GainModel model;
    private final String text;
    private final Supplier<Int8Vector> vector;
    private Optional<Double> known;

    TextWorth(GainModel model, String text, Supplier<Int8Vector> vector) {
        this.model = model;
        this.text = text;
        this.vector = vector;
    }

    @Override
    public boolean isTold() {
        return known().isPresent();
    }

    @Override
    public double gain() {
        return known().orElse(0.0);
    }

    @Override
    public double complexity() {
        return known().map(model::complexity).orElse(0.0);
    }

    private Optional<Double> known() {
        if (known == null) {
            known = told();
        }
        return known;
    }

    private Optional<Double> told() {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(model.gain(vector.get(), text));
        } catch (EmbeddingFailed e) {
            return Optional.empty();
        }
    }
}
