package dev.gatehouse.cache.verify;

import java.util.List;

/** Compares what is asked with what was asked, after retrieval. Thread-safe. */
public interface Verifier {

    /** A judgement for each pair, in their order. One call for the few nearest entries of one question. */
    List<Judgement> judge(List<Pair> nearest);

    /** Of rules and models together: what was stored under another is not served. */
    String version();
}
