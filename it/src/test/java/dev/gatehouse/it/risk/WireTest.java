package dev.gatehouse.it.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Client;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers in all the ways in which the wire carries them: each has a defined end. */
class WireTest {

    private static final String WHOLE = "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Write to ada@example.org now.\"}}]}";
    /** The same answer, with id and model, by a brotli encoder. */
    private static final String BROTLI = "G6sAQIzTFfcjnEw6guaW6rg8hiFauog8LmhxZWB4Viw6erKQqz1LIjObaqKmBS1wGxurHZiYEvSlt+sGa9R5YjZPGJBVaXCEtDwS"
            + "n3YDNU0KhcR3DDQ9UOYcJXrslsL1XN/4m1VZli99VQugjpwL";
    private static final int MEGABYTES = 100;

    private static MaskingBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = MaskingBed.start("wire");
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(bed).ifPresent(MaskingBed::close);
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED"})
    void brotliAndZstdAreUndone(Attached attached) throws Exception {
        expectMasked(bed.answer(attached, "application/json", Map.of("content-encoding", "br"), List.of(Base64.getDecoder().decode(BROTLI))));
        expectMasked(bed.answer(attached, "application/json", Map.of("content-encoding", "zstd"), List.of(zstd(utf8(WHOLE)))));
        byte[] stream = zstd(joined(events("Write to ada@exa", "mple.org now.")));
        HttpResponse<String> streamed = bed.answer(attached, "text/event-stream", Map.of("content-encoding", "zstd"),
                List.of(Arrays.copyOf(stream, 40), Arrays.copyOfRange(stream, 40, stream.length)));
        expectMasked(streamed);
        assertThat(streamed.body()).endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED"})
    void encodedAddressesAreMasked(Attached attached) throws Exception {
        String encoded = Base64.getEncoder().encodeToString("write to ada@example.org".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> response = bed.answer(attached, "text/event-stream", Map.of(), events("Decode " + encoded.substring(0, 9), encoded.substring(9) + " today."));
        assertThat(response.body()).contains("[REDACTED_EMAIL]", "today.").doesNotContain(encoded.substring(9));
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED"})
    void commentsAndKeepAlivesBetweenThePiecesOfAnAddress(Attached attached) throws Exception {
        HttpResponse<String> response = bed.answer(attached, "text/event-stream", Map.of(), List.of(
                event("Write to ada@exa"), utf8(": keep-alive\n\n"), utf8("\n"), utf8(":\r\n\r\n"), event("mple.org now."), utf8("data: [DONE]\n\n")));
        expectMasked(response);
        assertThat(response.body()).contains(": keep-alive").endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED"})
    void overHttp2(Attached attached) throws Exception {
        String id = bed.script("text/event-stream", Map.of(), events("Write to ada@exa", "mple.org now."));
        assumeTrue(curlSpeaksHttp2(), "no curl that speaks HTTP/2");
        Process curl = new ProcessBuilder("curl", "-sS", "-m", "20", "--http2-prior-knowledge", "-w", "\n%{http_version}", "-H", "content-type: application/json",
                "-H", "x-test-id: " + id, "-d", new String(Client.prompt("hi"), StandardCharsets.UTF_8), bed.chain().listener(attached) + "/v1/chat/completions")
                .redirectErrorStream(true).start();
        String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("[REDACTED_EMAIL]", "now.").doesNotContain("mple.org").endsWith("\n2");
    }

    private static boolean curlSpeaksHttp2() {
        try {
            Process version = new ProcessBuilder("curl", "--version").start();
            return new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("HTTP2");
        } catch (IOException noCurl) {
            return false;
        }
    }

    /** The service has a heap of 512 MB. */
    @Test
    void aStreamOfAHundredMegabytesPassesMasked() throws Exception {
        byte[] chunk = event("x ".repeat(32_000) + "ada@example.org ");
        int chunks = MEGABYTES * 1_000_000 / chunk.length;
        String id = bed.script("text/event-stream", Map.of(), Collections.nCopies(chunks, chunk));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response = http.send(Client.chat(bed.chain().listener(Attached.FULL_DUPLEX_STREAMED), id, Client.prompt("hi")).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text.split("\\[REDACTED_EMAIL]", -1)).hasSize(chunks + 1);
            assertThat(text.contains("ada@")).isFalse();
        }
        assertThat(bed.chain().service("response-risk").program().isAlive()).isTrue();
    }

    @Test
    void aWholeAnswerOfAHundredMegabytesIsBlockedUnread() throws Exception {
        byte[] filling = utf8("x".repeat(1_000_000));
        List<byte[]> chunks = new ArrayList<>(Collections.nCopies(MEGABYTES, filling));
        chunks.addFirst(utf8("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"ada@example.org "));
        chunks.addLast(utf8("\"}}]}"));
        HttpResponse<String> response = bed.answer(Attached.FULL_DUPLEX_STREAMED, "application/json", Map.of(), chunks);
        assertThat(response.body()).contains("incomplete_body").doesNotContain("ada@");
        assertThat(bed.chain().service("response-risk").program().isAlive()).isTrue();
    }

    private static void expectMasked(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        assertThat(response.body()).contains("Write to ", "[REDACTED_EMAIL]", "now.").doesNotContain("ada@", "mple.org");
    }

    private static List<byte[]> events(String first, String second) {
        return List.of(event(first), event(second), utf8("data: [DONE]\n\n"));
    }

    private static byte[] joined(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] event(String text) {
        return utf8("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** RFC 8878: one frame of one raw block. */
    private static byte[] zstd(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0x20, (byte) content.length});
        int header = content.length << 3 | 1;
        out.writeBytes(new byte[] {(byte) header, (byte) (header >> 8), (byte) (header >> 16)});
        out.writeBytes(content);
        return out.toByteArray();
    }
}
