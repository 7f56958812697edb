package dev.gatehouse.cache.ask;

import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import dev.gatehouse.policy.cache.Temperature;
import dev.gatehouse.policy.cache.WhenAbsent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How an answer is to be drawn, wherever a format says it: in the body itself, in Gemini's {@code generationConfig}, in Bedrock's {@code inferenceConfig}. */
record Sampling(List<JsonValue> places) {

    private static final List<String> INNER = List.of(
            "generationConfig", "generation_config", "inferenceConfig", "additionalModelRequestFields", "extra_body", "options");

    static Sampling of(LlmRequest request) {
        JsonValue root = request.root();
        return new Sampling(Stream.concat(Stream.of(root), INNER.stream().map(root::get).filter(inner -> inner.is(Kind.OBJECT))).toList());
    }

    /** Why requests that draw like this are not cached, if so. */
    Optional<Reason> reasonNot(Temperature allowed) {
        if (isHot(allowed)) {
            return Optional.of(Reason.temperature);
        } else if (moreThanOne("n", "best_of", "num_return_sequences", "candidateCount", "candidate_count")) {
            return Optional.of(Reason.many_answers);
        } else if (given("seed", "random_seed")) {
            return Optional.of(Reason.seed);
        } else if (wantsLogprobs()) {
            return Optional.of(Reason.logprobs);
        }
        return wantsMoreThanText() ? Optional.of(Reason.modalities) : Optional.empty();
    }

    private boolean isHot(Temperature allowed) {
        List<JsonValue> given = values("temperature").filter(value -> !value.is(Kind.NULL)).toList();
        return given.isEmpty() ? allowed.absent() == WhenAbsent.Bypass : given.stream().anyMatch(value -> !isAtMost(value, allowed.max()));
    }

    /** What is no number is the provider's to read, and not ours to guess. */
    private static boolean isAtMost(JsonValue value, double max) {
        return value.is(Kind.NUMBER) && Double.parseDouble(value.raw()) <= max;
    }

    private boolean moreThanOne(String... names) {
        return Stream.of(names).flatMap(this::values).anyMatch(value -> !value.is(Kind.NULL) && value.integer().orElse(2) != 1);
    }

    private boolean given(String... names) {
        return Stream.of(names).flatMap(this::values).anyMatch(value -> !value.is(Kind.NULL));
    }

    private boolean wantsLogprobs() {
        boolean asked = Stream.of("logprobs", "top_logprobs", "responseLogprobs", "response_logprobs", "prompt_logprobs").flatMap(this::values)
                .anyMatch(value -> value.isPresent() && value.integer().orElse(1) != 0);
        return asked || values("include").flatMap(list -> list.stringsAndKeys().stream()).anyMatch(word -> word.text().contains("logprobs"));
    }

    private boolean wantsMoreThanText() {
        return Stream.of("modalities", "responseModalities", "response_modalities").flatMap(this::values)
                .flatMap(list -> list.stringsAndKeys().stream()).anyMatch(word -> !word.text().equalsIgnoreCase("text"));
    }

    private Stream<JsonValue> values(String name) {
        return places.stream().map(place -> place.get(name)).filter(value -> !value.is(Kind.MISSING));
    }
}
