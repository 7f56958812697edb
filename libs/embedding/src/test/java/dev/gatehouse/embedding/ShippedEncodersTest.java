package dev.gatehouse.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.embedding.EmbeddingFailed.Reason;
import dev.gatehouse.exchange.Int8Vector;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShippedEncodersTest {

    private static final Map<ShippedEncoder, Embedder> OPEN = new EnumMap<>(ShippedEncoder.class);
    private static final String PREAMBLE = "The museum opens at nine and closes at six, and its garden is free for all visitors. ".repeat(30);

    @AfterAll
    static void close() throws InterruptedException {
        for (Embedder embedder : OPEN.values()) {
            embedder.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aParaphraseIsNearerThanAnotherMatter(ShippedEncoder encoder) {
        Int8Vector question = embed(encoder, "How can I change my password?");
        assertThat(question.cosine(embed(encoder, "What do I do to reset my passphrase?")))
                .isGreaterThan(question.cosine(embed(encoder, "Which mountains are the highest in Peru?")) + 0.1);
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfALongTextCounts(ShippedEncoder encoder) {
        Int8Vector one = embed(encoder, PREAMBLE + "Who was the first king of Denmark?");
        Int8Vector other = embed(encoder, PREAMBLE + "Write a loop in Java that adds the numbers of an array.");
        assertThat(one.cosine(other)).isLessThan(0.995);
    }

    @ParameterizedTest
    @EnumSource
    void atLengthsWhereATokenizerWouldCutTheEndCountsToo(ShippedEncoder encoder) {
        String hundredAndFortyWords = "a dog ".repeat(70);
        assertThat(embed(encoder, hundredAndFortyWords + "sleeps").equals(embed(encoder, hundredAndFortyWords + "explodes"))).isFalse();
    }

    @Test
    void aTextHasOneVectorWhoeverMakesItAndWhateverElseIsMadeMeanwhile() throws Exception {
        List<String> texts = Stream.iterate(1, i -> i + 1).limit(24).map(i -> "Question " + i + ": " + "tell me more ".repeat(i)).toList();
        List<Int8Vector> alone = texts.stream().map(text -> embed(ShippedEncoder.ALL_MINILM_L6_V2_Q, text)).toList();
        EmbedderSettings many = new EmbedderSettings(4, 64, Embedders.PATIENT.deadline(), 16, 0);
        try (Embedder another = Embedder.open(new EncoderSettings.Shipped(ShippedEncoder.ALL_MINILM_L6_V2_Q, 1), many, Embedders.HASH)) {
            assertThat(atOnce(texts, another)).isEqualTo(alone);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hostileTextsHaveAVectorOrAReason(ShippedEncoder encoder) {
        Embedder embedder = open(encoder);
        assertReason(Reason.EMPTY, embedder, "");
        assertReason(Reason.EMPTY, embedder, " \n\t ");
        assertReason(Reason.EMPTY, embedder, "\u200b\u200b\u202e");
        assertReason(Reason.UNKNOWN_SCRIPT, embedder, "\uD83E\uDD84 \uD83C\uDF55");
        assertReason(Reason.UNKNOWN_SCRIPT, embedder, "x".repeat(32_768));
        assertReason(Reason.TOO_LONG, embedder, "word ".repeat(5_000));
        assertReason(Reason.TOO_LONG, embedder, "x".repeat(50_000_000));
        assertReason(Reason.TOO_LONG, embedder, "a1!".repeat(8_000));
        for (String text : List.of("\ud800 lone", "lone \udc00 in the middle", "nul \0 byte", "[CLS] [SEP] [PAD] [MASK] [UNK] known words here",
                "\u0130stanbul \u00df \u5b57", "emoji \uD83D\uDE00 between words ".repeat(100))) {
            assertThat(embedder.embed(text).dimensions()).isEqualTo(384);
        }
    }

    @Test
    void loneSurrogatesAreReadAsTheyAreHashed() {
        assertThat(embed(ShippedEncoder.ALL_MINILM_L6_V2_Q, "why \ud800")).isEqualTo(embed(ShippedEncoder.ALL_MINILM_L6_V2_Q, "why ?"));
    }

    @ParameterizedTest
    @EnumSource
    void itIsReadyOnceItHasEmbedded(ShippedEncoder encoder) {
        assertThat(open(encoder).isReady()).isTrue();
        assertThat(open(encoder).dimensions()).isEqualTo(384);
        assertThat(open(encoder).model()).isEqualTo(encoder.id() + "/1");
    }

    @Test
    void aClosedEmbedderSaysSo() throws Exception {
        Embedder embedder = Embedders.shipped(ShippedEncoder.ALL_MINILM_L6_V2_Q);
        embedder.close();
        assertReason(Reason.CLOSED, embedder, "too late");
    }

    private static List<Int8Vector> atOnce(List<String> texts, Embedder embedder) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Int8Vector>> calls = texts.stream().map(text -> (Callable<Int8Vector>) () -> embedder.embed(text)).toList();
            return executor.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    static void assertReason(Reason reason, Embedder embedder, String text) {
        assertThatThrownBy(() -> embedder.embed(text)).isInstanceOfSatisfying(EmbeddingFailed.class,
                failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private static Int8Vector embed(ShippedEncoder encoder, String text) {
        return open(encoder).embed(text);
    }

    private static Embedder open(ShippedEncoder encoder) {
        return OPEN.computeIfAbsent(encoder, Embedders::shipped);
    }
}
