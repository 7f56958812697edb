package dev.gatehouse.router.classify;

import dev.gatehouse.exchange.Int8Vector;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a model is trained on: vectors with their classes. */
record Taught(List<float[]> inputs, int[] labels) {

    static Taught of(Map<String, Int8Vector> names, ToIntFunction<String> label) {
        return new Taught(names.values().stream().map(vector -> Softmax.input(vector.floats())).toList(), names.keySet().stream().mapToInt(label).toArray());
    }

    Taught and(Taught more) {
        return new Taught(Stream.concat(inputs.stream(), more.inputs.stream()).toList(),
                IntStream.concat(IntStream.of(labels), IntStream.of(more.labels)).toArray());
    }

    Softmax train(int classes) {
        return Softmax.train(inputs, labels, classes);
    }
}
