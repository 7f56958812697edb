package dev.gatehouse.embedding;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Which encoder, and where it is. */
public sealed interface EncoderSettings {

    /** The default of the chain: bge-small-q, one thread for a text. */
    static EncoderSettings standard() {
        return new Shipped(ShippedEncoder.BGE_SMALL_EN_V15_Q, 1);
    }

    /** @param threads that work on one text; more than 1 pays on idle cores and long texts only */
    record Shipped(ShippedEncoder encoder, int threads) implements EncoderSettings {
        public Shipped {
            atLeastOne("threads", threads);
        }
    }

    /**
     * Any BERT-like ONNX model: inputs {@code input_ids}, {@code attention_mask} and perhaps {@code token_type_ids}, first output
     * floats of [batch, tokens, dimensions], at least 256 positions.
     *
     * @param name      under which its vectors are handed over; another file needs another name
     * @param tokenizer {@code tokenizer.json} of Hugging Face, of the kind WordPiece
     * @param threads   that work on one text
     */
    record Files(String name, Path model, Path tokenizer, Pooling pooling, int threads) implements EncoderSettings {
        public Files {
            atLeastOne("threads", threads);
        }
    }

    /**
     * An OpenAI-compatible endpoint: OpenAI, Azure, vLLM, Ollama, and text-embeddings-inference, which has it beside its own.
     *
     * @param baseUrl     before {@code /embeddings}, e.g. {@code http://tei:8080/v1}
     * @param model       as the endpoint names it
     * @param dimensions  that its vectors have; others are refused
     * @param apiKey      never shown
     * @param timeout     of one call
     * @param batch       texts that wait and may go in one call, 1 to 256
     * @param windowChars longest text in one piece; the endpoint must take as much
     */
    record Endpoint(URI baseUrl, String model, int dimensions, Optional<String> apiKey, Duration timeout, int batch, int windowChars)
            implements EncoderSettings {
        public Endpoint {
            if (!"http".equals(baseUrl.getScheme()) && !"https".equals(baseUrl.getScheme())) {
                throw new IllegalArgumentException("the URL of an embedding endpoint must start with http:// or https://");
            }
            atLeastOne("dimensions", dimensions);
            atLeastOne("batch", batch);
            atLeastOne("timeout in ms", (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
            if (batch > 256 || windowChars < 200) {
                throw new IllegalArgumentException("batch must be 1 to 256 and windowChars at least 200");
            }
        }

        @Override
        public String toString() {
            return "Endpoint[" + baseUrl.getHost() + ":" + baseUrl.getPort() + ", " + model + "]";
        }
    }

    private static void atLeastOne(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, is " + number);
        }
    }
}
