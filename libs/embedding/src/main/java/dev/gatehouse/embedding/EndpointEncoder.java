package dev.gatehouse.embedding;

import dev.gatehouse.embedding.EmbeddingFailed.Reason;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import java.util.List;

/** A model behind an OpenAI-compatible endpoint. */
final class EndpointEncoder implements Encoder {

    private final EncoderSettings.Endpoint settings;
    private final CharWindows windows;
    private final EmbeddingModel model;

    /** Does not connect. */
    EndpointEncoder(EncoderSettings.Endpoint settings) {
        this.settings = settings;
        this.windows = new CharWindows(settings.windowChars());
        this.model = OpenAiEmbeddingModel.builder()
                .baseUrl(settings.baseUrl().toString())
                .modelName(settings.model())
                .apiKey(settings.apiKey().orElse("none"))
                .timeout(settings.timeout())
                .maxRetries(0)
                .maxSegmentsPerBatch(settings.batch())
                .logRequests(false)
                .logResponses(false)
                .build();
    }

    @Override
    public String name() {
        return settings.model();
    }

    @Override
    public int dimensions() {
        return settings.dimensions();
    }

    @Override
    public int batch() {
        return settings.batch();
    }

    @Override
    public List<String> windows(String text) {
        return windows.of(text);
    }

    @Override
    public List<float[]> encode(List<String> pieces) {
        List<float[]> vectors = ask(pieces).stream().map(Embedding::vector).toList();
        if (vectors.size() != pieces.size() || !vectors.stream().allMatch(vector -> vector.length == settings.dimensions())) {
            throw new EmbeddingFailed(Reason.WRONG_VECTOR, settings + " answered " + pieces.size() + " texts with " + vectors.size() + " vectors"
                    + (vectors.isEmpty() ? "" : " of " + vectors.getFirst().length + " dimensions") + ", not of " + settings.dimensions());
        }
        return vectors;
    }

    /** What an endpoint says of an error may quote the text, so only its kind is kept. */
    private List<Embedding> ask(List<String> pieces) {
        try {
            return model.embedAll(pieces.stream().map(TextSegment::from).toList()).content();
        } catch (InvalidRequestException e) {
            throw new EmbeddingFailed(Reason.REFUSED, settings + " does not take a text" + status(e));
        } catch (RuntimeException e) {
            throw new EmbeddingFailed(Reason.ENDPOINT, settings + " failed: " + e.getClass().getSimpleName() + status(e));
        }
    }

    private static String status(RuntimeException e) {
        return e.getCause() instanceof HttpException http ? ", status " + http.statusCode() : "";
    }

    @Override
    public void close() {
        // The JDK's HTTP client ends with its last reference.
    }
}
