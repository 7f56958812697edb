package dev.gatehouse.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.llm.LlmResponse.Output;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.stream.Frame;
import dev.gatehouse.llm.stream.FrameDecoder;
import dev.gatehouse.llm.stream.StreamFormatException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordedResponsesTest {

    private static final int LIMIT = 10_000_000;
    private static final int SPLIT_BYTES = 900;
    private final ObjectMapper mapper = new ObjectMapper();

    /** A reading, and how it ended if it could not go on. */
    private record Reading(LlmResponse response, String fault) {}

    private static Reading read(RecordedAnswer c, Iterable<byte[]> chunks) {
        ResponseReader reader = new ResponseReader(c.format(), c.type(), LIMIT);
        try {
            for (byte[] chunk : chunks) {
                reader.feed(chunk);
            }
            reader.end();
            return new Reading(reader.response(), "");
        } catch (MalformedJson | StreamFormatException fault) {
            return new Reading(reader.response(), fault.getMessage());
        }
    }

    private static Reading whole(RecordedAnswer c) {
        return read(c, List.of(c.body()));
    }

    private static List<byte[]> bytes(byte[] body) {
        List<byte[]> chunks = new ArrayList<>(body.length);
        for (byte b : body) {
            chunks.add(new byte[] {b});
        }
        return chunks;
    }

    private static List<byte[]> randomChunks(byte[] body, long seed) {
        Random random = new Random(seed);
        List<byte[]> chunks = new ArrayList<>();
        for (int at = 0; at < body.length;) {
            int to = Math.min(body.length, at + 1 + random.nextInt(200));
            chunks.add(Arrays.copyOfRange(body, at, to));
            at = to;
        }
        return chunks;
    }

    @Test
    void everyRecordedResponseIsReadAndSaysSomething() {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, Integer> silent = new TreeMap<>();
        for (RecordedAnswer c : RecordedAnswer.all()) {
            Reading reading = whole(c);
            boolean says = !reading.response.outputs().isEmpty() || !reading.response.toolCalls().isEmpty()
                    || reading.response.error().isPresent() || reading.response.usage().total().isPresent();
            counts.merge((c.host().isEmpty() ? "sample" : c.host()) + " " + c.format(), 1, Integer::sum);
            if (!says || !reading.fault.isEmpty()) {
                silent.put(c.id() + " " + c.format() + " " + reading.fault, c.status());
            }
            if (c.status() >= 400) {
                assertThat(reading.response.error()).as(c.id()).isPresent();
                assertThat(reading.response.error().get().message()).as(c.id()).isNotEmpty();
            }
        }
        System.out.println("Recorded responses read: " + counts);
        System.out.println("Silent or broken: " + silent);
        assertThat(counts.values().stream().mapToInt(n -> n).sum()).isGreaterThan(300);
        assertThat(silent).hasSizeLessThan(12);
    }

    @Test
    void aResponseFedByteByByteReadsTheSameAsWhole() {
        for (RecordedAnswer c : RecordedAnswer.all()) {
            assertThat(read(c, bytes(c.body()))).as(c.id()).isEqualTo(whole(c));
        }
    }

    @Test
    void aSmallResponseSplitInTwoAtEveryByteReadsTheSameAsWhole() {
        int splits = 0;
        for (RecordedAnswer c : RecordedAnswer.all()) {
            byte[] body = c.body();
            Reading whole = whole(c);
            for (int at = 1; at < body.length && body.length < SPLIT_BYTES; at++) {
                List<byte[]> halves = List.of(Arrays.copyOf(body, at), Arrays.copyOfRange(body, at, body.length));
                assertThat(read(c, halves)).isEqualTo(whole);
                splits++;
            }
        }
        System.out.println("Splits in two: " + splits);
    }

    @Test
    void aResponseInRandomChunksReadsTheSameAsWhole() {
        for (RecordedAnswer c : RecordedAnswer.all()) {
            Reading whole = whole(c);
            for (long seed = 0; seed < 3; seed++) {
                assertThat(read(c, randomChunks(c.body(), seed))).as(c.id()).isEqualTo(whole);
            }
        }
    }

    @Test
    void decodingAndEncodingFramesLosesNothing() throws Exception {
        for (RecordedAnswer c : RecordedAnswer.all()) {
            FrameDecoder decoder = FrameDecoder.of(c.type(), LIMIT);
            List<Frame> frames = new ArrayList<>(decoder.feed(c.body()));
            frames.addAll(decoder.end());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            frames.forEach(frame -> out.writeBytes(frame.encode()));
            assertThat(out.toByteArray()).as(c.id()).isEqualTo(c.body());
        }
    }

    @Test
    void everyTextThatAResponseSaysIsAReplaceablePart() throws Exception {
        for (RecordedAnswer c : RecordedAnswer.all().stream().filter(c -> whole(c).fault.isEmpty()).toList()) {
            StringBuilder parts = new StringBuilder();
            FrameDecoder decoder = FrameDecoder.of(c.type(), LIMIT);
            List<Frame> frames = new ArrayList<>(decoder.feed(c.body()));
            frames.addAll(decoder.end());
            for (Frame frame : frames) {
                if (frame.json().isPresent()) {
                    ResponseDocument document = ResponseDocument.parse(c.format(), frame.json().get());
                    assertThat(document.replacing(Map.of())).isEqualTo(frame.json().get());
                    document.parts().stream().filter(part -> part.kind() == PartKind.TEXT && !saysTwice(c, part)).forEach(part -> parts.append(part.text()));
                }
            }
            for (Output output : whole(c).response.outputs()) {
                if (output.kind() == PartKind.TEXT) {
                    assertThat(parts.toString()).as(c.id()).contains(output.text());
                }
            }
        }
    }

    /** Some providers of chats say each text also as that of a completion. */
    private static boolean saysTwice(RecordedAnswer c, TextPart part) {
        return c.format() == Format.OPENAI_CHAT && part.jsonPath().matches("/choices/[0-9]+/text");
    }

    @Test
    void textsAndUsageAgreeWithAPlainReadingOfWholeOpenAiAnthropicAndGeminiBodies() throws Exception {
        int compared = 0;
        for (RecordedAnswer c : RecordedAnswer.all()) {
            if (c.status() != 200 || !c.type().contains("json") || !whole(c).fault.isEmpty()) {
                continue;
            }
            LlmResponse response = whole(c).response;
            JsonNode body = mapper.readTree(c.body());
            switch (c.format()) {
                case OPENAI_CHAT -> {
                    JsonNode content = body.at("/choices/0/message/content");
                    if (content.isTextual()) {
                        assertThat(response.text(0, PartKind.TEXT)).as(c.id()).isEqualTo(content.asText());
                    }
                    assertThat(response.toolCalls()).hasSize(body.at("/choices/0/message/tool_calls").size());
                    assertThat(response.usage().input().orElse(0)).isEqualTo(body.at("/usage/prompt_tokens").asLong());
                    assertThat(response.finishReasons().contains(body.at("/choices/0/finish_reason").asText(""))
                            || body.at("/choices").isEmpty()).as(c.id()).isTrue();
                    compared++;
                }
                case ANTHROPIC_MESSAGES -> {
                    StringBuilder text = new StringBuilder();
                    body.path("content").forEach(block -> text.append(block.path("text").asText("")));
                    assertThat(response.text(0, PartKind.TEXT)).isEqualTo(text.toString());
                    JsonNode usage = body.path("usage");
                    assertThat(response.usage().input().orElse(0)).isEqualTo(usage.path("input_tokens").asLong()
                            + usage.path("cache_read_input_tokens").asLong() + usage.path("cache_creation_input_tokens").asLong());
                    compared++;
                }
                case GEMINI_GENERATE -> {
                    long total = body.at("/usageMetadata/totalTokenCount").asLong();
                    assertThat(response.usage().total().orElse(0)).as(c.id()).isEqualTo(total);
                    compared++;
                }
                default -> { }
            }
        }
        System.out.println("Bodies compared with a plain reading: " + compared);
    }
}
