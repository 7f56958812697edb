package dev.gatehouse.llm;

import static dev.gatehouse.llm.Shape.INERT;
import static dev.gatehouse.llm.Shape.TEXT;
import static dev.gatehouse.llm.Shape.mark;
import static dev.gatehouse.llm.Shape.object;

/** Cohere's embeddings, also as Bedrock invokes them. */
final class CohereShapes {

    private CohereShapes() {}

    static final Shape EMBED = object()
            .with("model input_type embedding_types output_dimension max_tokens truncate priority", INERT)
            .with("texts", TEXT)
            .with("images", mark(Uninspectable.Kind.IMAGE))
            .with("inputs", object().with("content", OpenAiShapes.CONTENT));
}
