package dev.gatehouse.cache.look;

import dev.gatehouse.cache.tier.TextVector;
import dev.gatehouse.embedding.ChainEmbedder;
import dev.gatehouse.embedding.TextSelection;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Int8Vector;

/** The vector of one request's question: handed over by an earlier service, or made once and handed on. */
public final class ChainVector implements TextVector {

    private final ChainEmbedder embedder;
    private final HandOver before;
    private final String text;
    private volatile ChainEmbedder.Answer answer;

    ChainVector(ChainEmbedder embedder, HandOver before, String text) {
        this.embedder = embedder;
        this.before = before;
        this.text = text;
    }

    /** Made at the first call that succeeds; the look-up that made it has ended, or was given up, before anybody asks again. */
    @Override
    public Int8Vector get() {
        if (answer == null) {
            answer = embedder.vector(before, TextSelection.LAST_USER, text);
        }
        return answer.vector();
    }

    /** What later services shall know of it; nothing while it has not been made, or where they know already. */
    public HandOver handOver() {
        return answer == null ? HandOver.none() : answer.handOver();
    }
}
