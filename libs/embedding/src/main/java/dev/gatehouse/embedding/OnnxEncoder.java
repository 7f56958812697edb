package dev.gatehouse.embedding;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.embedding.EmbeddingFailed.Reason;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A model in this process, run by LangChain4j's encoder on a session of ours: so its threads are set and not as many as the machine has
 * cores, and a tokenizer that would cut (MiniLM's does, at 128 tokens) is told not to.
 *
 * <p>One piece at a time: a quantised model scales its activations by what stands in a batch, so a text would have another vector
 * among others than alone; and a batch was no faster ({@code docs/embedding.md}).
 */
final class OnnxEncoder implements Encoder {

    static {
        // The tokenizer's library would report its start to its makers.
        System.setProperty("ai.djl.offline", "true");
    }

    private final String name;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;
    private final TokenWindows windows;
    private final EmbeddingModel model;
    private final int dimensions;

    private OnnxEncoder(String name, OrtSession session, Vocabulary vocabulary, Pooling pooling) throws OrtException, IOException {
        this.name = name;
        this.session = session;
        this.tokenizer = vocabulary.tokenizer();
        this.windows = new TokenWindows(tokenizer, vocabulary.unknown());
        this.dimensions = dimensions(name, session);
        PoolingMode mode = pooling == Pooling.CLS ? PoolingMode.CLS : PoolingMode.MEAN;
        this.model = new InProcess(new OnnxBertBiEncoder(OrtEnvironment.getEnvironment(), session, vocabulary.json(), mode));
    }

    static OnnxEncoder shipped(EncoderSettings.Shipped settings) {
        ShippedEncoder encoder = settings.encoder();
        return open(encoder.id(), resource(encoder.modelResource()), resource(encoder.tokenizerResource()), encoder.pooling(), settings.threads());
    }

    static OnnxEncoder files(EncoderSettings.Files settings) {
        return open(settings.name(), file(settings.model()), file(settings.tokenizer()), settings.pooling(), settings.threads());
    }

    private static OnnxEncoder open(String name, byte[] model, byte[] tokenizer, Pooling pooling, int threads) {
        try {
            Vocabulary vocabulary = Vocabulary.of(name, tokenizer);
            return new OnnxEncoder(name, OrtEnvironment.getEnvironment().createSession(model, options(threads)), vocabulary, pooling);
        } catch (OrtException | IOException e) {
            throw new UnusableEncoder("encoder " + name + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static OrtSession.SessionOptions options(int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        // Threads that spin while they wait take cores from the exchanges.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    private static int dimensions(String name, OrtSession session) throws OrtException {
        NodeInfo output = session.getOutputInfo().values().iterator().next();
        if (output.getInfo() instanceof TensorInfo tensor && tensor.getShape().length == 3 && tensor.getShape()[2] > 0) {
            return (int) tensor.getShape()[2];
        }
        throw new UnusableEncoder("encoder " + name + ": the model's first output must be floats of [batch, tokens, dimensions]");
    }

    private static byte[] resource(String resource) {
        try (InputStream stream = ShippedEncoder.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new UnusableEncoder("the encoder's file " + resource + " is not on the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UnusableEncoder("the encoder's file " + resource + " cannot be read", e);
        }
    }

    private static byte[] file(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UnusableEncoder("the encoder's file " + path + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int dimensions() {
        return dimensions;
    }

    @Override
    public int batch() {
        return 1;
    }

    @Override
    public List<String> windows(String text) {
        return windows.of(text);
    }

    @Override
    public List<float[]> encode(List<String> pieces) {
        return pieces.stream().map(this::encode).toList();
    }

    private float[] encode(String piece) {
        try {
            return model.embed(piece).content().vector();
        } catch (RuntimeException e) {
            throw new EmbeddingFailed(Reason.MODEL, "encoder " + name + " failed: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("encoder " + name + " cannot be closed", e);
        }
    }

    /** LangChain4j's way to give its encoder another session. Its executor is for lists, which are not given to it. */
    private static final class InProcess extends AbstractInProcessEmbeddingModel {

        private final OnnxBertBiEncoder encoder;

        InProcess(OnnxBertBiEncoder encoder) {
            super(Runnable::run);
            this.encoder = encoder;
        }

        @Override
        protected OnnxBertBiEncoder model() {
            return encoder;
        }
    }

    /** A {@code tokenizer.json} that neither cuts nor pads. */
    private record Vocabulary(byte[] bytes, long unknown) {

        private static final Map<String, String> WHOLE = Map.of("padding", "false", "truncation", "false");

        static Vocabulary of(String name, byte[] tokenizer) throws IOException {
            ObjectMapper mapper = new ObjectMapper();
            if (!(mapper.readTree(tokenizer) instanceof ObjectNode root) || !root.path("model").path("type").asText("WordPiece").equals("WordPiece")) {
                // LangChain4j's encoder puts a piece together again from its tokens, as only WordPiece writes them.
                throw new UnusableEncoder("encoder " + name + ": its tokenizer is not of the kind WordPiece; serve the model behind an endpoint");
            }
            root.putNull("truncation");
            root.putNull("padding");
            String unknown = root.path("model").path("unk_token").asText("[UNK]");
            return new Vocabulary(mapper.writeValueAsBytes(root), root.path("model").path("vocab").path(unknown).asLong(-1));
        }

        HuggingFaceTokenizer tokenizer() throws IOException {
            return HuggingFaceTokenizer.newInstance(json(), WHOLE);
        }

        InputStream json() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
