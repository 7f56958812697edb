package dev.gatehouse.llm.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.ResponseReader;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.answer.AnswerRewriter.Limits;
import dev.gatehouse.llm.stream.AwsEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerRewriterTest {

    private static final String SSE = "text/event-stream";
    private static final String JSON = "application/json";
    private static final String AWS = "application/vnd.amazon.eventstream";
    private static final Usage USED = new Usage(OptionalLong.of(3), OptionalLong.of(5), OptionalLong.empty(), OptionalLong.empty(),
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    private static StrandEditors replacing(String word, String by) {
        return strand -> Optional.of(new Replacing(word, by));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String rewrite(Format format, String type, StrandEditors editors, String... chunks) {
        AnswerRewriter rewriter = new AnswerRewriter(format, type, editors, Limits.passing(10_000));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String chunk : chunks) {
            out.writeBytes(rewriter.feed(utf8(chunk)));
        }
        out.writeBytes(rewriter.end());
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String chat(String delta) {
        return "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}\n\n";
    }

    private static String content(String text) {
        return chat("{\"content\":\"" + text + "\"}");
    }

    private static final String STOP_CHUNK = "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @Test
    void aWordAcrossManyEventsWithKeepAlivesBetweenIsReplacedOnce() {
        StringBuilder stream = new StringBuilder();
        for (char c : "a SECRETWORD b".toCharArray()) {
            stream.append(content(String.valueOf(c))).append(": keep-alive\n\n");
        }
        String out = rewrite(Format.OPENAI_CHAT, SSE, replacing("SECRETWORD", "-"), stream + STOP_CHUNK + DONE);
        assertThat(out).containsOnlyOnce("\"content\":\"-\"").endsWith(STOP_CHUNK + DONE);
        assertThat(out.split(": keep-alive\n\n", -1)).hasSize(15);
        assertThat(out.replaceAll("(?s).*?\"content\":\"([^\"]*)\"", "$1")).startsWith("a - b");
    }

    @Test
    void whatIsHeldAtTheEndGoesOutInAnEventOfItsOwnBeforeTheOneThatEndsTheText() {
        String own = "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"wo\"},\"finish_reason\":null}]}\n\n";
        assertThat(rewrite(Format.OPENAI_CHAT, SSE, replacing("word", "-"), content("a wo") + STOP_CHUNK + DONE))
                .isEqualTo(content("a ") + own + STOP_CHUNK + DONE);
        assertThat(rewrite(Format.OPENAI_CHAT, SSE, replacing("word", "-"), content("a wo") + DONE)).isEqualTo(content("a ") + own + DONE);
        assertThat(rewrite(Format.OPENAI_CHAT, SSE, replacing("word", "-"), content("a wo"))).isEqualTo(content("a ") + own);
    }

    @Test
    void choicesDoNotMixAndEachEndsForItself() {
        String two = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"w%s\"}},{\"index\":1,\"delta\":{\"content\":\"%s\"}}]}\n\n";
        String ends = "data: {\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
        String out = rewrite(Format.OPENAI_CHAT, SSE, replacing("word", "-"), two.formatted("o", "wo") + two.formatted("x", "rd") + ends
                + two.replace("w%s", "w").replace("%s", "").formatted() + DONE);
        assertThat(out).contains("{\"content\":\"wwox\"}".replace("wwox", "wowx")).contains("{\"content\":\"-\"}");
    }

    @Test
    void anAnthropicBlockEndsBeforeItsStopAndThinkingIsSaidToBeSigned() {
        String thinking = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"word\"}}\n\n";
        String delta = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"a w\"}}\n\n";
        String stop = "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":1}\n\n";
        StrandEditors unsigned = strand -> strand.signed() ? Optional.empty() : Optional.of(new Replacing("word", "-"));
        assertThat(rewrite(Format.ANTHROPIC_MESSAGES, SSE, unsigned, thinking + delta + stop))
                .isEqualTo(thinking + delta.replace("a w", "a ") + delta.replace("a w", "w") + stop);
    }

    @Test
    void responsesSayTheSameInDeltasAndInTheWholeAndNumberAnEventOfOurs() {
        String delta = "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"item_id\":\"i\",\"output_index\":0,\"content_index\":0,\"delta\":\"a word, a w\",\"sequence_number\":4}\n\n";
        String done = "event: response.output_text.done\ndata: {\"type\":\"response.output_text.done\",\"item_id\":\"i\",\"output_index\":0,\"content_index\":0,\"text\":\"a word, a w\",\"sequence_number\":5}\n\n";
        String item = "event: response.output_item.done\ndata: {\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a word, a w\"}]},\"sequence_number\":6}\n\n";
        List<String> opened = new ArrayList<>();
        String out = rewrite(Format.OPENAI_RESPONSES, SSE, strand -> {
            opened.add(strand.block());
            return Optional.of(new Replacing("word", "-"));
        }, delta + done + item);
        assertThat(out).isEqualTo(delta.replace("a word, a w", "a -, a ") + delta.replace("a word, a w", "w").replace(":4}", ":5}")
                + done.replace("a word, a w", "a -, a w").replace(":5}", ":6}") + item.replace("a word, a w", "a -, a w").replace(":6}", ":7}"));
        assertThat(opened).as("the whole is not read again").hasSize(1);
    }

    @Test
    void aWholeThatDiffersFromItsPiecesIsReadForItself() {
        String delta = "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"content_index\":0,\"delta\":\"harmless\"}\n\n";
        String done = "data: {\"type\":\"response.output_text.done\",\"output_index\":0,\"content_index\":0,\"text\":\"a word\"}\n\n";
        assertThat(rewrite(Format.OPENAI_RESPONSES, SSE, replacing("word", "-"), delta + done)).isEqualTo(delta + done.replace("word", "-"));
    }

    @Test
    void geminisArrayTakesAnElementOfOursBeforeItEnds() {
        String piece = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a w\"}],\"role\":\"model\"},\"index\":0}],\"modelVersion\":\"g\"}";
        String out = rewrite(Format.GEMINI_GENERATE, JSON, replacing("word", "-"), "[" + piece + "\n]\n");
        assertThat(out).isEqualTo("[" + piece.replace("a w", "a ")
                + ",\n{\"modelVersion\":\"g\",\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"w\"}]},\"index\":0}]}\n]\n");
        String whole = rewrite(Format.GEMINI_GENERATE, JSON, replacing("word", "-"), piece);
        assertThat(whole).isEqualTo(piece);
    }

    @Test
    void bedrocksEventsKeepTheirFraming() throws Exception {
        AnswerRewriter rewriter = new AnswerRewriter(Format.BEDROCK_CONVERSE, AWS, replacing("word", "-"), Limits.passing(10_000));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text : List.of("a wo", "rd, wo")) {
            out.writeBytes(rewriter.feed(AwsEvent.event("contentBlockDelta", utf8("{\"contentBlockIndex\":0,\"delta\":{\"text\":\"" + text + "\"},\"p\":\"ab\"}")).encode()));
        }
        out.writeBytes(rewriter.feed(AwsEvent.event("contentBlockStop", utf8("{\"contentBlockIndex\":0}")).encode()));
        out.writeBytes(rewriter.end());
        assertThat(LlmResponse.parse(Format.BEDROCK_CONVERSE, AWS, out.toByteArray()).text(0, PartKind.TEXT)).isEqualTo("a -, wo");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"to\": \"word\", \"n\": [1, true, null, -2.5e3], \"word\": {\"a\": \"x \\\"word\\\" \\u0077ord é \\ud83d\\ude00\"}}",
        "[\"word\", [\"word\"]]",
        "\"word\"",
        "word up",
        "{\"cut\": \"a wo",
        "{\"bad\\x\": word",
        "[word] is no JSON",
        "{\"a\": [word_1]}",
        "{}{}",
        ""})
    void argumentsAreEditedInTheirStringsAndReadTheSameHoweverTheyAreSplit(String arguments) {
        String whole = edited(List.of(arguments), "\"\n");
        for (int at = 0; at <= arguments.length(); at++) {
            assertThat(edited(List.of(arguments.substring(0, at), arguments.substring(at)), "\"\n")).isEqualTo(whole);
        }
        assertThat(edited(arguments.chars().mapToObj(c -> String.valueOf((char) c)).toList(), "\"\n")).isEqualTo(whole);
        assertThat(whole).doesNotContain("word");
        assertThat(edited(arguments.chars().mapToObj(c -> String.valueOf((char) c)).toList(), "word").replace("\\u0077ord", "word"))
                .isEqualTo(arguments.replace("\\u0077ord", "word"));
    }

    private static String edited(List<String> deltas, String by) {
        ArgumentsEditor editor = new ArgumentsEditor(form -> new Replacing("word", by));
        StringBuilder out = new StringBuilder();
        deltas.forEach(delta -> out.append(editor.feed(delta)));
        return out.append(editor.end()).toString();
    }

    @Test
    void keysValuesNumbersAndBrokenJsonAreToldApart() {
        List<String> seen = new ArrayList<>();
        ArgumentsEditor editor = new ArgumentsEditor(form -> new StrandEditor() {
            @Override
            public String feed(String delta) {
                seen.add(form + " " + delta);
                return form == Strand.Form.JSON_NUMBER ? "[card]" : delta;
            }

            @Override
            public String end() {
                return "";
            }
        });
        String out = editor.feed("{\"card\": 4111111111111111, \"to\": [\"x\"]} trailing") + editor.end();
        assertThat(seen).containsExactly("JSON_KEY card", "JSON_NUMBER 4111111111111111", "JSON_KEY to", "JSON_VALUE x", "TEXT a", "TEXT iling");
        assertThat(out).isEqualTo("{\"card\": \"[card]\", \"to\": [\"x\"]} trailing");
    }

    @Test
    void logprobsGoWhereTheyWouldTellWhatWasTakenOut() {
        StrandEditors editors = new StrandEditors() {
            @Override
            public Optional<StrandEditor> open(Strand strand) {
                return Optional.of(new Replacing("word", "-"));
            }

            @Override
            public boolean keepsLogprobs() {
                return false;
            }
        };
        assertThat(rewrite(Format.OPENAI_CHAT, JSON, editors, "{\"choices\":[{\"message\":{\"content\":\"word\"},\"logprobs\":{\"content\":[{\"token\":\"word\"}]}}]}"))
                .isEqualTo("{\"choices\":[{\"message\":{\"content\":\"-\"},\"logprobs\":null}]}");
        assertThat(rewrite(Format.OPENAI_RESPONSES, SSE, editors, "data: {\"type\":\"response.output_text.delta\",\"delta\":\"word\",\"logprobs\":[{\"token\":\"word\"}]}\n\n"))
                .isEqualTo("data: {\"type\":\"response.output_text.delta\",\"delta\":\"-\",\"logprobs\":[]}\n\n");
        assertThat(rewrite(Format.GEMINI_GENERATE, JSON, editors, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"word\"}]},\"logprobsResult\":{\"chosenCandidates\":[{\"token\":\"word\"}]}}]}"))
                .isEqualTo("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"-\"}]},\"logprobsResult\":{}}]}");
    }

    @Test
    void whatCannotBeReadPassesOrEndsTheAnswer() {
        String bad = "data: {\"choices\": nonsense}\n\n";
        String stream = content("a wo") + bad + content("rd") + DONE;
        assertThat(rewrite(Format.OPENAI_CHAT, SSE, replacing("word", "-"), stream)).isEqualTo(content("a ") + bad + content("-") + DONE);
        AnswerRewriter strict = new AnswerRewriter(Format.OPENAI_CHAT, SSE, replacing("word", "-"),
                new Limits(10_000, Optional.of(new Stop(Stop.Manner.ERROR, 502, "unreadable", "cannot be read", USED))));
        String out = new String(strict.feed(utf8(stream)), StandardCharsets.UTF_8);
        assertThat(out).startsWith(content("a ") + "data: {\"error\":").endsWith(DONE).doesNotContain("nonsense");
        assertThat(strict.stopped()).isPresent();
        assertThat(strict.feed(utf8(stream))).isEmpty();
        assertThat(strict.end()).isEmpty();
    }

    @Test
    void anEventOverTheLimitPassesWithAllThatFollowsAndNothingIsLost() {
        String large = content("word".repeat(5000));
        String stream = content("a wo") + large + content("word");
        for (String[] chunks : new String[][] {{stream}, stream.split("(?<=\\G.{1000})", -1)}) {
            assertThat(rewrite(Format.OPENAI_CHAT, SSE, replacing("word", "-"), chunks))
                    .isEqualTo(content("a ") + content("wo") + large + content("word"));
        }
    }

    @Test
    void aWholeBodyOverTheLimitPassesAsItCame() {
        String body = "{\"choices\":[{\"message\":{\"content\":\"" + "word".repeat(5000) + "\"}}]}";
        assertThat(rewrite(Format.OPENAI_CHAT, JSON, replacing("word", "-"), body)).isEqualTo(body);
    }

    @Test
    void anAnswerThatOpensTextsWithoutEndIsNotRead() {
        AnswerRewriter rewriter = new AnswerRewriter(Format.OPENAI_CHAT, SSE, replacing("word", "-"), Limits.passing(10_000));
        for (int i = 0; i <= Strands.MAX + 1; i++) {
            rewriter.feed(utf8("data: {\"choices\":[{\"index\":" + i + ",\"delta\":{\"content\":\"w\"}}]}\n\n"));
        }
        assertThat(rewriter.unread()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(value = Format.class, names = {"OPENAI_CHAT", "OPENAI_COMPLETIONS", "OPENAI_RESPONSES", "ANTHROPIC_MESSAGES", "GEMINI_GENERATE", "BEDROCK_CONVERSE"})
    void aStoppedStreamEndsInTheProvidersOwnWay(Format format) throws Exception {
        String type = format == Format.BEDROCK_CONVERSE ? AWS : SSE;
        AnswerRewriter rewriter = new AnswerRewriter(format, type, replacing("word", "-"), Limits.passing(10_000));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(rewriter.feed(beginning(format)));
        out.writeBytes(rewriter.stop(new Stop(Stop.Manner.FILTERED, 403, "response_blocked", "blocked", USED)));
        ResponseReader reader = new ResponseReader(format, type, 10_000);
        reader.feed(out.toByteArray());
        reader.end();
        LlmResponse response = reader.response();
        assertThat(response.text(0, PartKind.TEXT)).isEqualTo("so far ");
        assertThat(response.usage().output()).hasValue(5);
        assertThat(response.finishReasons()).containsExactly(switch (format) {
            case ANTHROPIC_MESSAGES -> "refusal";
            case GEMINI_GENERATE -> "SAFETY";
            case BEDROCK_CONVERSE -> "guardrail_intervened";
            default -> "content_filter";
        });
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("wo");
    }

    private static byte[] beginning(Format format) {
        return switch (format) {
            case OPENAI_COMPLETIONS -> utf8("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"text\":\"so far wo\",\"finish_reason\":null}]}\n\n");
            case OPENAI_RESPONSES -> utf8("data: {\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"object\":\"response\",\"status\":\"in_progress\",\"output\":[]},\"sequence_number\":0}\n\n"
                    + "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"content_index\":0,\"delta\":\"so far wo\",\"sequence_number\":1}\n\n");
            case ANTHROPIC_MESSAGES -> utf8("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":3}}}\n\n"
                    + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                    + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"so far wo\"}}\n\n");
            case GEMINI_GENERATE -> utf8("data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"so far wo\"}]},\"index\":0}]}\n\n");
            case BEDROCK_CONVERSE -> AwsEvent.event("contentBlockDelta", utf8("{\"contentBlockIndex\":0,\"delta\":{\"text\":\"so far wo\"}}")).encode();
            default -> utf8(content("so far wo"));
        };
    }

    @Test
    void anAnswerIsStoppedByItsEditorsBeforeTheEventThatMadeThem() {
        boolean[] found = {false};
        StrandEditors editors = new StrandEditors() {
            @Override
            public Optional<StrandEditor> open(Strand strand) {
                return Optional.of(new StrandEditor() {
                    @Override
                    public String feed(String delta) {
                        found[0] |= delta.contains("bad");
                        return delta;
                    }

                    @Override
                    public String end() {
                        return "";
                    }
                });
            }

            @Override
            public Optional<Stop> stop() {
                return found[0] ? Optional.of(new Stop(Stop.Manner.ERROR, 403, "response_blocked", "blocked", USED)) : Optional.empty();
            }
        };
        String out = rewrite(Format.OPENAI_CHAT, SSE, editors, content("good") + content("bad") + content("after") + DONE);
        assertThat(out).startsWith(content("good") + "data: {\"error\":").contains("response_blocked").doesNotContain("bad", "after").endsWith(DONE);
        found[0] = false;
        assertThat(rewrite(Format.OPENAI_CHAT, JSON, editors, "{\"choices\":[{\"message\":{\"content\":\"bad\"}}]}"))
                .startsWith("{\"error\":").doesNotContain("bad\"");
        found[0] = false;
        String piece = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"%s\"}]},\"index\":0}]}";
        assertThat(rewrite(Format.GEMINI_GENERATE, JSON, editors, "[" + piece.formatted("good") + ",\n" + piece.formatted("bad") + "]"))
                .startsWith("[" + piece.formatted("good") + ",\n{\"error\":").endsWith("]");
    }
}
