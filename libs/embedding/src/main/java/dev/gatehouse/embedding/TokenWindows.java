package dev.gatehouse.embedding;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.gatehouse.embedding.EmbeddingFailed.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into windows of at most {@value #TOKENS} tokens, each beginning {@value #OVERLAP} tokens before the end of the one before,
 * so that what stands at a border is read whole in one of them. Windows begin with a word where one begins nearby.
 */
final class TokenWindows {

    /** With the two that an encoder adds 256: what MiniLM was trained for, and half of bge's 512. */
    static final int TOKENS = 254;
    static final int OVERLAP = 32;

    private final HuggingFaceTokenizer tokenizer;
    private final long unknown;

    /** @param unknown the id of the token for what the vocabulary lacks */
    TokenWindows(HuggingFaceTokenizer tokenizer, long unknown) {
        this.tokenizer = tokenizer;
        this.unknown = unknown;
    }

    List<String> of(String text) {
        Encoding encoding = tokenizer.encode(text, false, false);
        refuseUnreadable(encoding.getIds());
        if (encoding.getIds().length <= TOKENS) {
            return List.of(text);
        }
        List<String> windows = new ArrayList<>();
        int from = 0;
        while (from + TOKENS < encoding.getIds().length) {
            windows.add(piece(text, encoding, from, from + TOKENS));
            from = beginOfWord(encoding.getWordIds(), from + TOKENS - OVERLAP);
        }
        windows.add(piece(text, encoding, from, encoding.getIds().length));
        return windows;
    }

    private void refuseUnreadable(long[] ids) {
        if (ids.length == 0) {
            throw new EmbeddingFailed(Reason.EMPTY, "the text has no token");
        }
        long known = 0;
        for (long id : ids) {
            known += id == unknown ? 0 : 1;
        }
        if (2 * known < ids.length) {
            throw new EmbeddingFailed(Reason.UNKNOWN_SCRIPT, "the encoder knows " + known + " of the text's " + ids.length + " tokens");
        }
    }

    /** Going back makes the overlap larger, at most twice as large. */
    private static int beginOfWord(long[] words, int from) {
        for (int begin = from; begin > from - OVERLAP; begin--) {
            if (words[begin] != words[begin - 1]) {
                return begin;
            }
        }
        return from;
    }

    /** From the first of its tokens to where the next window's own begin, so that what a tokenizer drops is in a window too. */
    private static String piece(String text, Encoding encoding, int from, int to) {
        CharSpan[] spans = encoding.getCharTokenSpans();
        int begin = from == 0 ? 0 : at(text, spans[from]);
        return text.substring(begin, to == spans.length ? text.length() : at(text, spans[to]));
    }

    /** Spans count code points. */
    private static int at(String text, CharSpan span) {
        return text.offsetByCodePoints(0, span.getStart());
    }
}
