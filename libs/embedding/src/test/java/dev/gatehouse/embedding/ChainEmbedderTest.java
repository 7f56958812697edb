package dev.gatehouse.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.Metadata;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChainEmbedderTest {

    private static final String TEXT = "How do I cancel my subscription?";

    private static Embedder embedder;
    private static Embedder ofTheNextService;
    private static ChainEmbedder cache;
    private static ChainEmbedder router;

    @BeforeAll
    static void open() {
        embedder = Embedders.shipped(ShippedEncoder.BGE_SMALL_EN_V15_Q);
        ofTheNextService = Embedders.shipped(ShippedEncoder.BGE_SMALL_EN_V15_Q);
        cache = new ChainEmbedder("cache", embedder, Embedders.HASH);
        router = new ChainEmbedder("semantic-router", ofTheNextService, Embedders.HASH);
    }

    @AfterAll
    static void close() throws InterruptedException {
        embedder.close();
        ofTheNextService.close();
    }

    @Test
    void theFirstServiceHandsOverAndTheNextTakesIt() {
        ChainEmbedder.Answer first = cache.vector(HandOver.none(), TextSelection.LAST_USER, TEXT);
        assertThat(first.wasHandedOver()).isFalse();
        ChainEmbedder.Answer next = router.vector(overTheWire(first.handOver()), TextSelection.LAST_USER, TEXT);
        assertThat(next.wasHandedOver()).isTrue();
        assertThat(next.vector()).isEqualTo(first.vector());
    }

    @Test
    void aHandedOverAndARecomputedVectorDecideAlike() {
        List<Int8Vector> routes = List.of("cancel a contract", "write a poem", "solve an equation", "book a flight").stream().map(embedder::embed).toList();
        for (String text : List.of(TEXT, "Ode to a nightingale, but about Kubernetes", "x^2 = 9, what is x?", "I need to be in Lima on Monday",
                "Long. ".repeat(400) + "Please end my contract.")) {
            HandOver handOver = cache.vector(HandOver.none(), TextSelection.LAST_USER, text).handOver();
            Int8Vector handedOver = router.vector(overTheWire(handOver), TextSelection.LAST_USER, text).vector();
            Int8Vector recomputed = router.vector(HandOver.none(), TextSelection.LAST_USER, text).vector();
            assertThat(recomputed).isEqualTo(handedOver);
            assertThat(nearest(routes, recomputed)).isEqualTo(nearest(routes, handedOver));
        }
    }

    @Test
    void whatIsHandedOverFitsInOneKibibyte() {
        HandOver handOver = cache.vector(HandOver.none(), TextSelection.LAST_USER, TEXT).handOver();
        int size = handOver.values().entrySet().stream().mapToInt(entry -> entry.getKey().length() + entry.getValue().toString().length()).sum();
        assertThat(handOver.values()).containsOnlyKeys("embedding", "embedding_scale", "embedding_model", "embedding_text", "embedding_hash");
        assertThat(size).isBetween(512, 1024);
    }

    @Test
    void ofAnotherTextSelectionOrModelItIsNotTaken() {
        HandOver handOver = cache.vector(HandOver.none(), TextSelection.LAST_USER, TEXT).handOver();
        assertThat(router.vector(handOver, TextSelection.LAST_USER, TEXT + " ").wasHandedOver()).isFalse();
        assertThat(router.vector(handOver, TextSelection.LAST_TWO, TEXT).wasHandedOver()).isFalse();
        HandOver ofMiniLm = handOver.with("cache", HandOver.EMBEDDING_MODEL, "all-minilm-l6-v2-q/1");
        assertThat(router.vector(ofMiniLm, TextSelection.LAST_USER, TEXT).wasHandedOver()).isFalse();
    }

    @Test
    void whoLacksTheKeyCannotClaimAText() throws Exception {
        ChainEmbedder stranger = new ChainEmbedder("cache", embedder, KeyedHash.random());
        HandOver forged = stranger.vector(HandOver.none(), TextSelection.LAST_USER, "anything").handOver();
        String hashOfThisText = stranger.vector(HandOver.none(), TextSelection.LAST_USER, TEXT).handOver().get(HandOver.EMBEDDING_HASH).orElseThrow();
        HandOver aboutThisText = forged.with("cache", HandOver.EMBEDDING_HASH, hashOfThisText);
        assertThat(router.vector(aboutThisText, TextSelection.LAST_USER, TEXT).wasHandedOver()).isFalse();
    }

    @Test
    void aVectorThatIsDamagedIsMadeAgain() {
        HandOver fine = cache.vector(HandOver.none(), TextSelection.LAST_USER, TEXT).handOver();
        Int8Vector vector = embedder.embed(TEXT);
        for (HandOver damaged : List.of(fine.with("cache", HandOver.EMBEDDING, "!"), fine.with("cache", HandOver.EMBEDDING, "AAAA"),
                fine.with("cache", HandOver.EMBEDDING, Int8Vector.of(new float[] {1, 2}).base64()),
                fine.with("cache", HandOver.EMBEDDING_SCALE, 0.0), HandOver.read(Metadata.of(HandOver.NAMESPACE, without(fine, "embedding_scale"))))) {
            ChainEmbedder.Answer answer = router.vector(damaged, TextSelection.LAST_USER, TEXT);
            assertThat(answer.wasHandedOver()).isFalse();
            assertThat(answer.vector()).isEqualTo(vector);
        }
    }

    private static HandOver overTheWire(HandOver handOver) {
        return HandOver.read(Metadata.of(HandOver.NAMESPACE, handOver.values()));
    }

    private static Map<String, Object> without(HandOver handOver, String key) {
        Map<String, Object> values = new java.util.HashMap<>(handOver.values());
        values.remove(key);
        return values;
    }

    private static Int8Vector nearest(List<Int8Vector> routes, Int8Vector vector) {
        return routes.stream().max(Comparator.comparingDouble(vector::cosine)).orElseThrow();
    }
}
