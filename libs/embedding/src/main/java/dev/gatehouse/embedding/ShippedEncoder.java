package dev.gatehouse.embedding;

/** The encoders that ship with LangChain4j's modules. Both have 384 dimensions, know English, and are quantised to int8. */
public enum ShippedEncoder {

    /** BAAI bge-small-en-v1.5, 34 MB: the default of the chain. */
    BGE_SMALL_EN_V15_Q("bge-small-en-v1.5-q", Pooling.CLS),
    /** sentence-transformers all-MiniLM-L6-v2, 23 MB: faster, weaker for routing. */
    ALL_MINILM_L6_V2_Q("all-minilm-l6-v2-q", Pooling.MEAN);

    private final String id;
    private final Pooling pooling;

    ShippedEncoder(String id, Pooling pooling) {
        this.id = id;
        this.pooling = pooling;
    }

    /** As configuration and metadata name it. */
    public String id() {
        return id;
    }

    Pooling pooling() {
        return pooling;
    }

    String modelResource() {
        return "/" + id + ".onnx";
    }

    String tokenizerResource() {
        return "/" + id + "-tokenizer.json";
    }
}
