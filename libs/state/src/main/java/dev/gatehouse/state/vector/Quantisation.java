package dev.gatehouse.state.vector;

/** How Redis keeps the components of a vector. The first entry of a set decides for it. */
public enum Quantisation {

    /** 32-bit floats. */
    NONE("NOQUANT"),
    /** Signed bytes, as our vectors come: nothing is lost. */
    INT8("Q8"),
    /** Signs alone: cosines are then rough, and no threshold that was fitted on others holds. */
    BINARY("BIN");

    private final String word;

    Quantisation(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
