package dev.gatehouse.guard.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Attachment.Protocol;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.guard.Guards;
import dev.gatehouse.guard.inspect.Objection;
import dev.gatehouse.guard.inspect.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PromptReaderTest {

    private static final String RULES = "rules: [{name: r, action: Report, pii: {entities: [EMAIL]}}]\n";
    private static final Attachment BUFFERED = new Attachment(Protocol.EXT_PROC, BodyMode.BUFFERED, BodyMode.NONE);
    private static final String CHAT = "/v1/chat/completions";

    private record Asked(RequestHead head, Body body) implements Request {}

    static List<Arguments> contentThatCannotBeRead() {
        return List.of(
                Arguments.of("multipart", post("/v1/files", "multipart/form-data; boundary=x", "--x--")),
                Arguments.of("images", chatWith("{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}}")),
                Arguments.of("files", chatWith("{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,AA==\"}}")),
                Arguments.of("audio", chatWith("{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA==\",\"format\":\"wav\"}}")),
                Arguments.of("storedText", post("/v1/responses", "application/json", "{\"previous_response_id\":\"resp_1\",\"input\":\"hi\"}")),
                Arguments.of("tokens", post("/v1/completions", "application/json", "{\"prompt\":[1,2,3]}")),
                Arguments.of("unknownFormats", post("/custom", "application/json", "{\"q\":\"hi\"}")),
                Arguments.of("webSocket", request("GET", "/v1/realtime", Headers.of("upgrade", "websocket"), Body.empty())),
                Arguments.of("encodedBodies", encoded("snappy")),
                Arguments.of("encodedBodies", encoded("gzip")),
                Arguments.of("encodedBodies", post(CHAT, "application/json; charset=utf-7", "{\"messages\":[]}")),
                Arguments.of("incompleteBodies", withExtent(Body.Extent.CUT_BY_HOST)),
                Arguments.of("incompleteBodies", withExtent(Body.Extent.OVER_LIMIT)),
                Arguments.of("incompleteBodies", withExtent(Body.Extent.NOT_SENT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contentThatCannotBeRead")
    void aClosedPolicyBlocksWhatItCannotRead(String kind, Request request) throws Exception {
        assertThat(only(RULES, request)).extracting(Objection::kind, Objection::verdict).containsExactly(kind, Verdict.Block);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contentThatCannotBeRead")
    void anOpenPolicyReportsIt(String kind, Request request) throws Exception {
        assertThat(only("failureMode: FailOpen\n" + RULES, request).verdict()).isEqualTo(Verdict.Report);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contentThatCannotBeRead")
    void anOpenPolicyBlocksWhereItSaysSo(String kind, Request request) throws Exception {
        String spec = "failureMode: FailOpen\nuninspectable: {" + kind + ": Block}\n" + RULES;
        assertThat(only(spec, request).verdict()).isEqualTo(Verdict.Block);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contentThatCannotBeRead")
    void aClosedPolicyAllowsWhereItSaysSo(String kind, Request request) throws Exception {
        assertThat(only("uninspectable: {" + kind + ": Allow}\n" + RULES, request).verdict()).isEqualTo(Verdict.Allow);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contentThatCannotBeRead")
    void aShadowedPolicyOnlyReports(String kind, Request request) throws Exception {
        assertThat(only("mode: Shadow\n" + RULES, request).verdict()).isEqualTo(Verdict.Report);
    }

    /** CVE-2024-23324: input that cannot be judged ends in a decision, also where the policy fails open. */
    @Test
    void cve_2024_23324_aMalformedBodyIsRefusedUnderFailOpenToo() throws Exception {
        Objection malformed = only("failureMode: FailOpen\n" + RULES, post(CHAT, "application/json", "{\"messages\":["));
        assertThat(malformed).extracting(Objection::code, Objection::status, Objection::verdict)
                .containsExactly("malformed_json", 400, Verdict.Block);
    }

    @Test
    void anObjectionNamesNoContent() throws Exception {
        Objection malformed = only(RULES, post(CHAT, "application/json", "{\"messages\": canary"));
        assertThat(malformed.message()).doesNotContain("canary");
    }

    @Test
    void anUnknownFormatIsReadAsTextWhereThePolicySaysSo() throws Exception {
        Prompt prompt = read("uninspectable: {unknownFormats: InspectAsText}\n" + RULES, post("/custom", "text/plain", "hello"));
        assertThat(prompt.objections()).isEmpty();
        assertThat(prompt.pieces()).extracting(Piece::text).containsExactly("hello");
    }

    @Test
    void aRequestWithoutABodyHasNothingToObjectTo() throws Exception {
        Prompt prompt = read(RULES, request("GET", "/v1/models", Headers.empty(), Body.empty()));
        assertThat(prompt.objections()).isEmpty();
        assertThat(prompt.pieces()).isEmpty();
    }

    @Test
    void anImageDoesNotHideTheTextBesideIt() throws Exception {
        Prompt prompt = read("uninspectable: {images: Allow}\n" + RULES,
                chatWith("{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}},{\"type\":\"text\",\"text\":\"hello\"}"));
        assertThat(prompt.pieces()).extracting(Piece::text).contains("hello");
    }

    private static Objection only(String spec, Request request) throws InterruptedException {
        Prompt prompt = read(spec, request);
        assertThat(prompt.objections()).hasSize(1);
        return prompt.objections().getFirst();
    }

    private static Prompt read(String spec, Request request) throws InterruptedException {
        return new PromptReader(Guards.of(spec)).read(request);
    }

    private static Request chatWith(String part) {
        return post(CHAT, "application/json", "{\"messages\":[{\"role\":\"user\",\"content\":[" + part + "]}]}");
    }

    private static Request encoded(String coding) {
        return request("POST", CHAT, Headers.of("content-type", "application/json", "content-encoding", coding), Body.whole("{}".getBytes()));
    }

    private static Request withExtent(Body.Extent extent) {
        Headers headers = Headers.of("content-type", "application/json", "content-length", "9");
        return request("POST", CHAT, headers, new Body(new byte[0], extent, Headers.empty()));
    }

    private static Request post(String path, String type, String body) {
        return request("POST", path, Headers.of("content-type", type), Body.whole(body.getBytes()));
    }

    private static Request request(String method, String path, Headers headers, Body body) {
        return new Asked(new RequestHead(method, "example.test", path, headers, Map.of(), Metadata.empty(), Optional.empty(), BUFFERED), body);
    }
}
