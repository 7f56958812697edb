package dev.gatehouse.cache.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.cache.api.PolicyChoice;
import dev.gatehouse.cache.ask.Asker;
import dev.gatehouse.cache.ask.Vectoriser;
import dev.gatehouse.cache.bound.Bound;
import dev.gatehouse.cache.bound.Candidate;
import dev.gatehouse.cache.bound.Decision;
import dev.gatehouse.cache.bound.Estimate;
import dev.gatehouse.cache.bound.Pool;
import dev.gatehouse.cache.bound.Seen;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.verify.Judgement;
import dev.gatehouse.cache.verify.Pair;
import dev.gatehouse.cache.verify.Verifier;
import dev.gatehouse.cache.verify.Veto;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.resolve.Resolver;
import dev.gatehouse.policy.source.FixedSource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.service.http.JsonAnswer.BadDocument;
import dev.gatehouse.service.http.LinesFlow.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a trace is answered with. Words are vectors here: texts of the same words are near, and as sure as they are near. */
class SimulationTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Snapshot<SemanticCachePolicy, CompiledCache> NO_POLICY =
            new Snapshot<>(1, List.of(), List.of(), List.of(), Map.of(), new Resolver<>(List.of(), List.of()));

    private final List<Boolean> learnt = new ArrayList<>();
    private double threshold = 0.9;

    @Test
    void eachRowIsAnsweredAndASummaryEndsIt() throws Exception {
        List<JsonNode> lines = simulate("""
                {"id": "a", "text": "how do i reset my password"}
                {"id": "b", "text": "How do I reset my password?"}
                {"id": "c", "text": "how do i reset my own password"}
                {"id": "d", "text": "something else"}
                """);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).hasToString("{\"id\":\"a\",\"hit\":null,\"score\":0.0,\"tier\":null,\"reason\":\"nothing_near\"}");
        assertThat(lines.get(1)).hasToString("{\"id\":\"b\",\"hit\":\"a\",\"score\":1.0,\"tier\":\"exact\"}");
        assertThat(lines.get(2).get("hit").asText()).isEqualTo("a");
        assertThat(lines.get(2).get("tier").asText()).isEqualTo("semantic");
        assertThat(lines.get(3).get("hit").isNull()).isTrue();
        JsonNode summary = lines.get(4).get("summary");
        assertThat(summary.get("rows").asInt()).isEqualTo(4);
        assertThat(summary.get("hits").asInt()).isEqualTo(2);
        assertThat(summary.get("hitRate").asDouble()).isEqualTo(0.5);
        assertThat(summary.has("wrongHits")).as("nobody said what is right").isFalse();
        assertThat(summary.at("/tiers/exact/hits").asInt()).isEqualTo(1);
        assertThat(summary.at("/misses/nothing_near").asInt()).isEqualTo(2);
    }

    @Test
    void theScoreOfTheBestCandidateIsThereOnAMissToo() throws Exception {
        threshold = 0.97;
        JsonNode miss = simulate("""
                {"id": 1, "text": "one two three four five six seven eight nine"}
                {"id": 2, "text": "one two three four five six seven eight ten"}
                """).get(1);
        assertThat(miss.get("hit").isNull()).isTrue();
        assertThat(miss.get("score").asDouble()).isBetween(0.8, threshold);
        assertThat(miss.get("reason").asText()).isEqualTo("unsure");
        assertThat(miss.get("id").asInt()).isEqualTo(2);
    }

    @Test
    void aVetoIsNamed() throws Exception {
        JsonNode miss = simulate("""
                {"id": 1, "text": "add 5 to the list of all that i must buy today for her"}
                {"id": 2, "text": "add 6 to the list of all that i must buy today for her"}
                """.replace("today", "soon")).get(1);
        assertThat(List.of(miss.get("reason").asText(), miss.get("veto").asText())).containsExactly("vetoed", "number");
    }

    @Test
    void wrongHitsAreCountedWhereClassesTell() throws Exception {
        JsonNode summary = simulate("""
                {"id": "a", "text": "one two three four five six", "answer_class": "x"}
                {"id": "b", "text": "one two three four five six", "answer_class": "x"}
                {"id": "c", "text": "one two three four five six seven", "answer_class": "y"}
                """).getLast().get("summary");
        assertThat(summary.get("hits").asInt()).isEqualTo(2);
        assertThat(summary.get("wrongHits").asInt()).isEqualTo(1);
        assertThat(summary.get("wrongHitShare").asDouble()).isEqualTo(0.5);
        assertThat(summary.at("/tiers/semantic/wrongHits").asInt()).isEqualTo(1);
    }

    @Test
    void classesTeachAfterAMissAndAnswersDoWhereThereAreNone() throws Exception {
        threshold = 2;
        simulate("""
                {"id": 1, "text": "one two three four", "answer_class": "x"}
                {"id": 2, "text": "one two three four five", "answer_class": "x"}
                {"id": 3, "text": "nine eight seven six", "answer": "so"}
                {"id": 4, "text": "nine eight seven six five", "answer": "not so"}
                {"id": 5, "text": "red green blue black"}
                {"id": 6, "text": "red green blue black white"}
                """);
        assertThat(learnt).containsExactly(true, false);
    }

    @Test
    void whatIsRightIsNotReadBeforeADecision() throws Exception {
        String trace = IntStream.range(0, 300).mapToObj(i -> "{\"id\": %d, \"text\": \"word%d and word%d and so on\", \"answer_class\": \"c%d\"}"
                .formatted(i, i % 17, i % 5, i % 7)).collect(Collectors.joining("\n"));
        List<String> with = simulate(trace).stream().limit(300).map(JsonNode::toString).toList();
        List<String> without = simulate(trace.replaceAll(", \"answer_class\": \"c.\"", "")).stream().limit(300).map(JsonNode::toString).toList();
        assertThat(with).as("this bound does not learn: all decisions are equal").isEqualTo(without);
    }

    @Test
    void tenantsAndHistoriesAreBorders() throws Exception {
        List<JsonNode> lines = simulate("""
                {"id": 1, "tenant": "a", "text": "how many people live there"}
                {"id": 2, "tenant": "b", "text": "how many people live there"}
                {"id": 3, "tenant": "a", "text": "how many people live there", "context": [{"role": "user", "content": "Tell me of France"}, {"role": "assistant", "content": "Yes?"}]}
                {"id": 4, "tenant": "a", "text": "how many people live there", "context": [{"role": "user", "content": "Tell me of Spain"}, {"role": "assistant", "content": "Yes?"}]}
                {"id": 5, "tenant": "a", "text": "how many people live there", "context": [{"role": "user", "content": "Tell me of Spain"}, {"role": "assistant", "content": "Yes?"}]}
                """);
        assertThat(lines.stream().limit(5).map(line -> line.get("hit").asText())).containsExactly("null", "null", "null", "null", "4");
    }

    @Test
    void aBodyIsReadAsItWouldBeSent() throws Exception {
        List<JsonNode> lines = simulate("""
                {"id": 1, "body": {"model": "m", "messages": [{"role": "user", "content": "who is that"}]}}
                {"id": 2, "body": {"model": "other", "messages": [{"role": "user", "content": "who is that"}]}}
                {"id": 3, "body": {"model": "m", "stream": true, "messages": [{"role": "user", "content": "who is that"}]}}
                {"id": 4, "body": {"model": "m", "n": 3, "messages": [{"role": "user", "content": "who is that"}]}}
                """);
        assertThat(lines.stream().limit(4).map(line -> line.get("hit").asText())).containsExactly("null", "null", "1", "null");
        assertThat(lines.get(3).get("reason").asText()).isEqualTo("many_answers");
    }

    @Test
    void aLineThatIsNoRowIsAnErrorInItsPlaceAndEndsNothing() throws Exception {
        List<JsonNode> lines = simulate("""
                {"id": 1, "text": "who is that"}
                {"id": 2, "text":
                {"id": 3}
                [4]
                {"id": 5, "text": "who is that"}
                """);
        assertThat(lines.stream().skip(1).limit(3).map(line -> line.get("line").asInt())).containsExactly(2, 3, 4);
        assertThat(lines.get(2).at("/error/message").asText()).contains("\"text\"");
        assertThat(lines.get(4).get("hit").asInt()).isEqualTo(1);
        assertThat(lines.getLast().at("/summary/malformed").asInt()).isEqualTo(3);
        assertThat(lines.getLast().at("/summary/rows").asInt()).isEqualTo(2);
    }

    @Test
    void anEmptyTraceHasASummary() throws Exception {
        assertThat(simulate("").getFirst().at("/summary/rows").asInt()).isZero();
    }

    @Test
    void rowsAreReadOnlyALittleAhead() throws Exception {
        AtomicLong read = new AtomicLong();
        AtomicLong written = new AtomicLong();
        AtomicLong most = new AtomicLong();
        Iterator<String> rows = IntStream.range(0, 2_000).mapToObj(i -> "{\"id\":%d,\"text\":\"word%d and so on\"}".formatted(i, i % 100)).iterator();
        flow().run(Map.of(), () -> {
            most.accumulateAndGet(read.get() - written.get(), Math::max);
            return rows.hasNext() ? Optional.of(new Line(read.incrementAndGet(), rows.next().getBytes(StandardCharsets.UTF_8), false)) : Optional.empty();
        }, line -> written.incrementAndGet());
        assertThat(written.get()).isEqualTo(2_001);
        assertThat(most.get()).isLessThanOrEqualTo(64);
    }

    @Test
    void windowsOf4000RowsAreTold() throws Exception {
        threshold = 2;
        JsonNode windows = simulate(IntStream.range(0, 9_000).mapToObj(i -> "{\"text\":\"word%d and so on\",\"answer_class\":\"c\"}".formatted(i % 100))
                .collect(Collectors.joining("\n"))).getLast().at("/summary/windows");
        assertThat(windows.findValuesAsText("rows")).containsExactly("4000", "4000", "1000");
        assertThat(windows.findValuesAsText("hits")).containsExactly("3900", "4000", "1000");
    }

    @Test
    void parametersThatCannotBeAreSaid() {
        assertThatThrownBy(() -> run(Map.of("maxWrongHits", "much"), "")).isInstanceOf(BadDocument.class).hasMessageContaining("maxWrongHits must be a number");
        assertThatThrownBy(() -> run(Map.of("maxWrongHits", "0.9"), "")).isInstanceOf(BadDocument.class).hasMessageContaining("maxWrongHits");
        assertThatThrownBy(() -> run(Map.of("maxWrongHits", "0.01", "maxWrongHitShare", "0.01"), "")).isInstanceOf(BadDocument.class);
        assertThatThrownBy(() -> run(Map.of("policy", "none"), "")).isInstanceOf(BadDocument.class).hasMessageContaining("no policy of that name");
    }

    private List<JsonNode> simulate(String trace) throws Exception {
        return run(Map.of(), trace);
    }

    private List<JsonNode> run(Map<String, String> parameters, String trace) throws Exception {
        List<JsonNode> answers = new ArrayList<>();
        AtomicLong number = new AtomicLong();
        Iterator<String> lines = trace.lines().iterator();
        flow().run(parameters, () -> lines.hasNext() ? Optional.of(new Line(number.incrementAndGet(), lines.next().getBytes(StandardCharsets.UTF_8), false))
                : Optional.empty(), line -> answers.add(JSON.readTree(line)));
        return answers;
    }

    private SimulateFlow flow() {
        Vectoriser words = text -> () -> vector(text);
        return new SimulateFlow(new PolicyChoice(new FixedSource<>(NO_POLICY)), new Asker(KeyedHash.random(), "test"), words, 2,
                new SimulateFlow.Judges(new Nearness(), (question, kept, fresh) -> Optional.of(kept.equals(fresh)), Threshold::new));
    }

    private static Int8Vector vector(String text) {
        float[] vector = new float[384];
        Stream.of(text.toLowerCase().split("\\W+")).forEach(word -> vector[Math.floorMod(word.hashCode(), 384)] += 1);
        return Int8Vector.of(vector);
    }

    private static final class Nearness implements Verifier {

        @Override
        public List<Judgement> judge(List<Pair> nearest) {
            return nearest.stream().map(pair -> pair.asked().replaceAll("\\D", "").equals(pair.stored().replaceAll("\\D", ""))
                    || !pair.asked().startsWith("add") ? new Judgement(pair.cosine(), Optional.empty()) : new Judgement(0.1, Optional.of(Veto.number))).toList();
        }

        @Override
        public String version() {
            return "test";
        }
    }

    private final class Threshold implements Bound {

        @Override
        public Decision decide(Pool pool, String entry, Candidate best) {
            return best.judgement().score() >= threshold ? new Decision.Serve() : new Decision.Refuse();
        }

        @Override
        public void asked(Pool pool, Seen seen) {}

        @Override
        public void served(Pool pool, String entry, Candidate candidate) {}

        @Override
        public double threshold(Pool pool) {
            return threshold;
        }

        @Override
        public Estimate estimate(String policy) {
            return new Estimate(0, 0, 0, 0, threshold);
        }

        @Override
        public void learn(Pool pool, String entry, Candidate candidate, boolean right) {
            learnt.add(right);
        }
    }
}
