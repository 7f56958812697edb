package dev.gatehouse.llm.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.llm.json.MalformedJson.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {

    private static JsonDocument parse(String json) throws MalformedJson {
        return JsonDocument.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static MalformedJson refused(byte[] bytes) {
        return catchThrowableOfType(MalformedJson.class, () -> JsonDocument.parse(bytes));
    }

    private static MalformedJson refused(String json) {
        return refused(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"a\":1,\"a\":2}|DUPLICATE_KEY|7", "{\"a\":1,\"\\u0061\":2}|DUPLICATE_KEY|7", "{\"x\":{\"a\":1,\"a\":2}}|DUPLICATE_KEY|12",
            "{} {}|TRAILING_BYTES|3", "{}x|SYNTAX|3", "[1,]|SYNTAX|4", "{\"a\":\"|INCOMPLETE|6", "[[|INCOMPLETE|2", "``|INCOMPLETE|0",
            "{'a':1}|SYNTAX|2", "[01]|SYNTAX|3", "[NaN]|SYNTAX|4", "[1] // c|SYNTAX|5"})
    void aDocumentThatParsersReadDifferentlyIsRefusedWithReasonAndPlace(String json, Reason reason, int offset) {
        MalformedJson refused = refused(json == null ? "" : json);
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.offset()).isBetween(offset - 2L, offset + 2L);
    }

    @Test
    void theRefusalNeverShowsContent() {
        assertThat(refused("{\"secretkey\":1,\"secretkey\":2}")).hasNoCause().hasMessageNotContaining("secret");
        assertThat(refused("{\"a\": secretword}")).hasNoCause().hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0af", "eda080", "f4908080", "ff", "e282", "80"})
    void bytesThatAreNotUtf8AreRefused(String hex) {
        byte[] bad = java.util.HexFormat.of().parseHex("22" + hex + "22");
        assertThat(refused(bad).reason()).isEqualTo(Reason.INVALID_UTF8);
    }

    @Test
    void utf16AndByteOrderMarksAreRefused() {
        assertThat(refused("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)).reason()).isEqualTo(Reason.INVALID_UTF8);
        assertThat(refused("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)).reason()).isEqualTo(Reason.INVALID_UTF8);
        assertThat(refused("\uFEFF{}").reason()).isEqualTo(Reason.BYTE_ORDER_MARK);
    }

    @Test
    void tenThousandLevelsAreRefusedAndTwoHundredRead() throws Exception {
        assertThat(refused("[".repeat(10_000) + "]".repeat(10_000)).reason()).isEqualTo(Reason.TOO_DEEP);
        assertThat(refused("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)).reason()).isEqualTo(Reason.TOO_DEEP);
        assertThat(parse("[".repeat(200) + "]".repeat(200)).root().is(JsonValue.Kind.ARRAY)).isTrue();
    }

    @Test
    void moreThanFourMillionValuesAreRefused() {
        byte[] many = new byte[10_000_001];
        Arrays.fill(many, (byte) '1');
        for (int i = 0; i < many.length; i += 2) {
            many[i] = ',';
        }
        many[0] = '[';
        many[many.length - 1] = ']';
        assertThat(refused(many).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void fiftyMegabytesAreReadWithinSeconds() throws Exception {
        String json = "{\"image\":\"" + "A".repeat(25_000_000) + "\",\"text\":\"" + "b\\n".repeat(8_000_000) + "\"}";
        long start = System.nanoTime();
        JsonDocument document = parse(json);
        assertThat(document.root().get("text").text()).hasSize(16_000_000);
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    @Test
    void hugeNumbersAreReadOver() throws Exception {
        JsonDocument document = parse("{\"a\":" + "9".repeat(100_000) + ",\"b\":1e999999999,\"c\":7}");
        assertThat(document.root().get("a").integer()).isEmpty();
        assertThat(document.root().get("b").integer()).isEmpty();
        assertThat(document.root().get("c").integer()).hasValue(7);
    }

    @Test
    void loneSurrogatesSurviveAReplacementBesideThem() throws Exception {
        JsonDocument document = parse("[\"x\\ud800y\",\"z\"]");
        assertThat(document.root().at(0).text()).isEqualTo("x\ud800y");
        byte[] out = document.with(List.of(Edit.ofString(document.root().at(1), "\udc00\ud83d\ude00\"")));
        assertThat(new String(out, StandardCharsets.UTF_8)).isEqualTo("[\"x\\ud800y\",\"\\udc00\ud83d\ude00\\\"\"]");
        assertThat(JsonDocument.parse(out).root().at(1).text()).isEqualTo("\udc00\ud83d\ude00\"");
    }

    @Test
    void pointersEscapeTildeAndSlash() throws Exception {
        JsonDocument document = parse("{\"a/b\":[1,{\"c~d\":\"x\"}]}");
        assertThat(document.root().get("a/b").at(1).get("c~d").pointer()).isEqualTo("/a~1b/1/c~0d");
    }

    @Test
    void everyEscapeIsRead() throws Exception {
        assertThat(parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é\"").root().text()).isEqualTo("\"\\/\b\f\n\r\té\ud83d\ude00é");
    }

    @Test
    void aStringInsideAStringIsReplacedInPlaceAndEscapedTwice() throws Exception {
        String json = "{\"args\":\"{\\\"a\\\" : \\\"\\\\u00e9\\ud83d\\ude00\\\", \\u0022b\\u0022:\\\"old\\\"}\"}";
        JsonDocument document = parse(json);
        JsonValue outer = document.root().get("args");
        JsonDocument inner = JsonDocument.parseInner(outer.text()).orElseThrow();
        byte[] out = document.with(List.of(Edit.ofInnerString(outer, inner.root().get("b"), "n\"e\nw")));
        assertThat(new String(out, StandardCharsets.UTF_8)).isEqualTo(json.replace("old", "n\\\\\\\"e\\\\nw"));
        String arguments = JsonDocument.parse(out).root().get("args").text();
        assertThat(JsonDocument.parseInner(arguments).orElseThrow().root().get("b").text()).isEqualTo("n\"e\nw");
    }
}
