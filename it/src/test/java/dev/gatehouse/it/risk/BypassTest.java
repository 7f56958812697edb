package dev.gatehouse.it.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.chain.Attached;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ways around the inspection of answers, none of which may lead to the client. The scenarios have others: choices, tools, reasoning. */
class BypassTest {

    private static final String STREAM = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Ask ada@exa\"}}]}\n\n"
            + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"mple.org today.\"}}]}\n\ndata: [DONE]\n\n";
    private static final String WHOLE = "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Ask ada@example.org today.\"}}]}";

    private static MaskingBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = MaskingBed.start("bypass");
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(bed).ifPresent(MaskingBed::close);
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void aBackendThatCompressesThoughItWasAskedNotTo(Attached attached) throws Exception {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(STREAM.getBytes(StandardCharsets.UTF_8));
        }
        expectMasked(bed.answer(attached, "text/event-stream", Map.of("content-encoding", "gzip"), pieces(gzip.toByteArray(), 17)));
        ByteArrayOutputStream deflate = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflate)) {
            out.write(WHOLE.getBytes(StandardCharsets.UTF_8));
        }
        expectMasked(bed.answer(attached, "application/json", Map.of("content-encoding", "deflate"), pieces(deflate.toByteArray(), 17)));
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void aCodingThatNobodyKnows(Attached attached) throws Exception {
        HttpResponse<String> response = bed.answer(attached, "text/event-stream", Map.of("content-encoding", "secret"), pieces(STREAM.getBytes(StandardCharsets.UTF_8), 500));
        assertThat(response.body()).doesNotContain("ada@", "mple.org");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void bytesThatComeOneByOne(Attached attached) throws Exception {
        expectMasked(bed.answer(attached, "text/event-stream", Map.of(), pieces(STREAM.getBytes(StandardCharsets.UTF_8), 1)));
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void charactersThatNobodySees(Attached attached) throws Exception {
        String hidden = STREAM.replace("ada@exa", "a\u200bd\\u00ada\uff20e\u2060xa").replace("mple", "mp\ufe0fle");
        HttpResponse<String> response = bed.answer(attached, "text/event-stream", Map.of(), pieces(hidden.getBytes(StandardCharsets.UTF_8), 7));
        assertThat(response.body()).contains("[REDACTED_EMAIL]").doesNotContain("le.org");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void aKeyThatStandsTwice(Attached attached) throws Exception {
        String twice = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"fine\",\"content\":\"ada@example.org\"}}]}";
        HttpResponse<String> response = bed.answer(attached, "application/json", Map.of(), pieces(twice.getBytes(StandardCharsets.UTF_8), 500));
        assertThat(response.body()).doesNotContain("ada@");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void aCharacterSetOfItsOwn(Attached attached) throws Exception {
        HttpResponse<String> response = bed.answer(attached, "application/json; charset=utf-16", Map.of(), pieces(WHOLE.getBytes(StandardCharsets.UTF_16), 500));
        assertThat(response.body()).contains("uninspectable_content");
    }

    private static void expectMasked(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        assertThat(response.body()).contains("Ask ", "[REDACTED_EMAIL]", "today.").doesNotContain("ada@", "mple.org");
    }

    private static List<byte[]> pieces(byte[] body, int size) {
        return IntStream.iterate(0, at -> at < body.length, at -> at + size)
                .mapToObj(at -> Arrays.copyOfRange(body, at, Math.min(body.length, at + size))).toList();
    }
}
