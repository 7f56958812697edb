package dev.gatehouse.risk.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.risk.Risks;
import dev.gatehouse.risk.asked.Asked;
import dev.gatehouse.risk.compile.CompiledRisk;
import dev.gatehouse.risk.judge.AnswerJudge;
import dev.gatehouse.risk.judge.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers through the judge, cut anywhere. */
class AnswerFlowTest {

    private static final CompiledRisk MASKS = Risks.of("""
            timeout: 10s
            rules:
              - {name: mail, action: Mask, pii: {}}
              - {name: keys, action: Mask, secrets: {}}
              - {name: tickets, action: Mask, patterns: [{name: ticket, pattern: "TCK-[0-9]{3,9}"}]}
            """);
    private static final List<String> DELTAS = List.of("Wri", "te to", " ada@exa", "mple.org", ", not +44 20", " 7946 0958; ", "TCK", "-4711 and ",
            "the key AKIA", "Z3MK7QPLX2V", "N5RTW, \ud83d\ude00 th", "at is all.");
    private static final String MASKED = "Write to [REDACTED_EMAIL], not [REDACTED_PHONE]; [REDACTED_TICKET] and the key ";

    /** A format and the events in which it streams a text. */
    enum Streamed {
        CHAT(Format.OPENAI_CHAT, "/v1/chat/completions", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":%s}}]}\n\n", "data: [DONE]\n\n"),
        ANTHROPIC(Format.ANTHROPIC_MESSAGES, "/v1/messages",
                "event: content_block_delta\r\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":%s}}\r\n\r\n",
                "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n: ping\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"),
        GEMINI(Format.GEMINI_GENERATE, "/v1beta/models/g:streamGenerateContent?alt=sse",
                "data: {\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[{\"text\":%s}]}}]}\n\n", ""),
        RESPONSES(Format.OPENAI_RESPONSES, "/v1/responses",
                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"output_index\":0,\"content_index\":0,\"delta\":%s}\n\n", "");

        private final Format format;
        private final String path;
        private final String event;
        private final String end;

        Streamed(Format format, String path, String event, String end) {
            this.format = format;
            this.path = path;
            this.event = event;
            this.end = end;
        }

        private byte[] of(List<String> deltas) {
            String events = deltas.stream().map(delta -> event.formatted("\"" + delta + "\"")).collect(Collectors.joining());
            return (events + end).getBytes(StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource(Streamed.class)
    void theClientReadsTheSameHoweverTheBytesAreCut(Streamed streamed) throws Exception {
        byte[] body = streamed.of(DELTAS);
        String whole = text(streamed, pass(streamed, List.of(body)));
        assertThat(whole).startsWith(MASKED).contains("\ud83d\ude00 that is all.").doesNotContain("ada@", "AKIA", "7946", "4711");
        for (int cut = 1; cut < body.length; cut += 3) {
            List<byte[]> chunks = List.of(Arrays.copyOf(body, cut), Arrays.copyOfRange(body, cut, body.length));
            assertThat(text(streamed, pass(streamed, chunks))).as("cut at %d", cut).isEqualTo(whole);
        }
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            assertThat(text(streamed, pass(streamed, chunks(body, random)))).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(Streamed.class)
    void theClientReadsTheSameHoweverTheTextIsCutIntoDeltas(Streamed streamed) throws Exception {
        String text = String.join("", DELTAS);
        String whole = text(streamed, pass(streamed, List.of(streamed.of(List.of(text)))));
        Random random = new Random(11);
        for (int i = 0; i < 100; i++) {
            assertThat(text(streamed, pass(streamed, List.of(streamed.of(deltas(text, random)))))).isEqualTo(whole);
        }
    }

    @Test
    void whatIsFoundOnlyAtTheEndOfAStreamStillStopsIt() throws Exception {
        CompiledRisk blocks = Risks.of("rules: [{name: no-mail, action: Block, pii: {entities: [EMAIL]}}]");
        AnswerJudge judge = judge(blocks, Streamed.CHAT);
        AnswerFlow flow = AnswerFlows.of(blocks, head(Streamed.CHAT, ""), judge);
        String goes = run(flow, List.of(Streamed.CHAT.of(List.of("Ask ", "ada@example.org"))));
        assertThat(goes).contains("\"finish_reason\":\"content_filter\"").endsWith("data: [DONE]\n\n").doesNotContain("ada@");
        assertThat(flow.isStopped()).isTrue();
        assertThat(judge.judgement().verdict()).isEqualTo(Verdict.Block);
    }

    @Test
    void aStreamUnderGzipIsReadAsItComes() throws Exception {
        AnswerFlow flow = AnswerFlows.of(MASKS, head(Streamed.CHAT, "gzip"), judge(MASKS, Streamed.CHAT));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, true)) {
            gzip.write(Streamed.CHAT.of(List.of("Dear Ada, ", "hello. ")));
            gzip.flush();
            byte[] first = bytes.toByteArray();
            bytes.reset();
            assertThat(new String(flow.feed(first), StandardCharsets.UTF_8)).contains("Dear ");
        }
        assertThat(new String(flow.feed(bytes.toByteArray()), StandardCharsets.UTF_8) + new String(flow.end(), StandardCharsets.UTF_8)).isNotNull();
        assertThat(flow.isStopped()).isFalse();
    }

    @Test
    void aStreamThatIsNotTheCodingItNamesEndsInAnError() {
        AnswerJudge judge = judge(MASKS, Streamed.CHAT);
        AnswerFlow flow = AnswerFlows.of(MASKS, head(Streamed.CHAT, "gzip"), judge);
        String goes = run(flow, List.of(Streamed.CHAT.of(List.of("Ask ada@example.org"))));
        assertThat(goes).contains("response_risk_error").doesNotContain("ada@");
        assertThat(judge.judgement().verdict()).isEqualTo(Verdict.Block);
    }

    @Test
    void anEventThatIsNoJsonEndsTheStream() {
        AnswerJudge judge = judge(MASKS, Streamed.CHAT);
        AnswerFlow flow = AnswerFlows.of(MASKS, head(Streamed.CHAT, ""), judge);
        String goes = run(flow, List.of("data: {\"choices\": ada@example.org\n\ndata: [DONE]\n\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(goes).contains("malformed_answer").doesNotContain("ada@");
    }

    private static AnswerJudge judge(CompiledRisk risk, Streamed streamed) {
        return new AnswerJudge(risk, Asked.unread(Optional.of(streamed.format), streamed.path));
    }

    private static AnswerHead head(Streamed streamed, String coding) {
        Headers headers = Headers.of("content-type", "text/event-stream");
        return new AnswerHead("POST", streamed.path, 200, coding.isEmpty() ? headers : headers.with("content-encoding", coding), Optional.of(streamed.format));
    }

    private static String pass(Streamed streamed, List<byte[]> chunks) {
        return run(AnswerFlows.of(MASKS, head(streamed, ""), judge(MASKS, streamed)), chunks);
    }

    private static String run(AnswerFlow flow, List<byte[]> chunks) {
        ByteArrayOutputStream goes = new ByteArrayOutputStream();
        chunks.forEach(chunk -> goes.writeBytes(flow.feed(chunk)));
        goes.writeBytes(flow.isStopped() ? new byte[0] : flow.end());
        return goes.toString(StandardCharsets.UTF_8);
    }

    private static String text(Streamed streamed, String body) throws Exception {
        return LlmResponse.parse(streamed.format, "text/event-stream", body.getBytes(StandardCharsets.UTF_8)).text(0, PartKind.TEXT);
    }

    private static List<byte[]> chunks(byte[] body, Random random) {
        return Stream.iterate(new int[] {0, random.nextInt(40) + 1}, at -> at[0] < body.length, at -> new int[] {at[1], at[1] + random.nextInt(40) + 1})
                .map(at -> Arrays.copyOfRange(body, at[0], Math.min(at[1], body.length))).toList();
    }

    /** Deltas that do not cut a character in two: JSON text cannot say half a one without an escape. */
    private static List<String> deltas(String text, Random random) {
        int[] points = text.codePoints().toArray();
        return Stream.iterate(new int[] {0, random.nextInt(9) + 1}, at -> at[0] < points.length, at -> new int[] {at[1], at[1] + random.nextInt(9) + 1})
                .map(at -> new String(points, at[0], Math.min(at[1], points.length) - at[0])).toList();
    }
}
