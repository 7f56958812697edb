package dev.gatehouse.llm.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.LlmResponse.Output;
import dev.gatehouse.llm.LlmResponse.ToolCall;
import dev.gatehouse.llm.RecordedAnswer;
import dev.gatehouse.llm.ResponseReader;
import dev.gatehouse.llm.json.JsonDocument;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RecordedAnswersTest {

    private static final int LIMIT = 10_000_000;
    private static final String BY = "‹\"\\\n\uD83D\uDE00›";
    private static final Pattern WORD = Pattern.compile("[^A-Za-z]+");

    private static byte[] rewrite(RecordedAnswer answer, StrandEditors editors, Iterable<byte[]> chunks) {
        AnswerRewriter rewriter = new AnswerRewriter(answer.format(), answer.type(), editors, AnswerRewriter.Limits.passing(LIMIT));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        chunks.forEach(chunk -> out.writeBytes(rewriter.feed(chunk)));
        out.writeBytes(rewriter.end());
        return out.toByteArray();
    }

    private static Optional<LlmResponse> read(RecordedAnswer answer, byte[] body) {
        try {
            ResponseReader reader = new ResponseReader(answer.format(), answer.type(), LIMIT);
            reader.feed(body);
            reader.end();
            return Optional.of(reader.response());
        } catch (Exception e) {
            return Optional.empty();
        }
    }

    /** The commonest word of at least four letters that the answer says. */
    private static Optional<String> word(LlmResponse response) {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> texts = new ArrayList<>(response.outputs().stream().map(Output::text).toList());
        response.toolCalls().forEach(call -> texts.add(call.arguments()));
        texts.stream().flatMap(WORD::splitAsStream).filter(word -> word.length() > 3 && !word.equals("true") && !word.equals("false"))
                .forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static StrandEditors replacing(String word) {
        return strand -> Optional.of(new Replacing(word, BY));
    }

    @Test
    void anAnswerThatNobodyEditsKeepsEveryByteHoweverItIsSplit() {
        Random random = new Random(7);
        for (RecordedAnswer answer : RecordedAnswer.all()) {
            StrandEditors none = strand -> Optional.of(StrandEditor.PASSING);
            assertThat(rewrite(answer, none, List.of(answer.body()))).as("%s", answer).satisfies(bytes -> assertBytes(bytes, answer.body()));
            assertThat(rewrite(answer, none, Split.bytes(answer.body()))).as("%s", answer).satisfies(bytes -> assertBytes(bytes, answer.body()));
            assertThat(rewrite(answer, none, Split.random(answer.body(), random, 300))).as("%s", answer).satisfies(bytes -> assertBytes(bytes, answer.body()));
        }
    }

    @Test
    void heldTextsComeBackWholeAtTheirEnd() {
        int compared = 0;
        for (RecordedAnswer answer : RecordedAnswer.all()) {
            StrandEditors holding = strand -> Optional.of(new StrandEditor() {
                private final StringBuilder held = new StringBuilder();

                @Override
                public String feed(String delta) {
                    held.append(delta);
                    return "";
                }

                @Override
                public String end() {
                    return held.toString();
                }
            });
            Optional<LlmResponse> before = read(answer, answer.body());
            if (before.isPresent()) {
                LlmResponse after = read(answer, rewrite(answer, holding, List.of(answer.body()))).orElseThrow();
                assertThat(after.outputs()).as("%s", answer).containsExactlyInAnyOrderElementsOf(before.get().outputs());
                assertThat(after.toolCalls()).as("%s", answer).isEqualTo(before.get().toolCalls());
                compared++;
            }
        }
        System.out.println("Answers held whole: " + compared);
    }

    @Test
    void aWordIsReplacedInTheSameWayHoweverTheAnswerIsSplit() {
        Random random = new Random(11);
        int splits = 0;
        int changed = 0;
        for (RecordedAnswer answer : RecordedAnswer.all()) {
            Optional<LlmResponse> before = read(answer, answer.body());
            Optional<String> word = before.flatMap(RecordedAnswersTest::word);
            if (word.isEmpty()) {
                continue;
            }
            byte[] whole = rewrite(answer, replacing(word.get()), List.of(answer.body()));
            assertSays(answer, before.get(), read(answer, whole).orElseThrow(), word.get());
            changed++;
            for (int at = 1; at < answer.body().length && answer.body().length < 3000; at++) {
                assertThat(rewrite(answer, replacing(word.get()), Split.at(answer.body(), at))).satisfies(bytes -> assertBytes(bytes, whole));
                splits++;
            }
            for (int longest : new int[] {1, 3, 30, 300, 3000}) {
                assertThat(rewrite(answer, replacing(word.get()), Split.random(answer.body(), random, longest))).as("%s", answer).satisfies(bytes -> assertBytes(bytes, whole));
                splits++;
            }
        }
        System.out.println("Answers with a word replaced: " + changed + ", splits: " + splits);
    }

    private static void assertBytes(byte[] actual, byte[] expected) {
        int at = Arrays.mismatch(actual, expected);
        if (at >= 0) {
            int from = Math.max(0, at - 150);
            fail("differs at byte " + at + ": «" + new String(actual, from, Math.min(300, actual.length - from))
                    + "» in place of «" + new String(expected, from, Math.min(300, expected.length - from)) + "»");
        }
    }

    private static void assertSays(RecordedAnswer answer, LlmResponse before, LlmResponse after, String word) {
        assertThat(after.outputs()).as("%s", answer).containsExactlyElementsOf(before.outputs().stream()
                .map(output -> new Output(output.choice(), output.kind(), output.text().replace(word, BY))).toList());
        assertThat(after.toolCalls()).hasSameSizeAs(before.toolCalls());
        for (int i = 0; i < after.toolCalls().size(); i++) {
            assertCalls(answer, before.toolCalls().get(i), after.toolCalls().get(i), word);
        }
        assertThat(after.usage()).isEqualTo(before.usage());
        assertThat(after.finishReasons()).isEqualTo(before.finishReasons());
        assertThat(after.id()).isEqualTo(before.id());
    }

    /** The same values in the JSON, with the word replaced in each string; the input of custom tools is text, and JSON may be cut. */
    private static void assertCalls(RecordedAnswer answer, ToolCall before, ToolCall after, String word) {
        List<String> expected = strings(before.arguments()).stream().map(text -> text.replace(word, BY)).toList();
        boolean isText = after.arguments().equals(before.arguments().replace(word, BY))
                || after.arguments().equals(before.arguments().replace(word, InnerString.escaped(BY)));
        assertThat(isText || strings(after.arguments()).equals(expected)).as("%s", answer).isTrue();
        assertThat(after.name()).isEqualTo(before.name());
    }

    private static List<String> strings(String json) {
        return JsonDocument.parseInner(json).map(document -> document.root().stringsAndKeys().stream().map(value -> value.text()).toList())
                .orElseGet(() -> List.of(json));
    }
}
