package dev.gatehouse.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.llm.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    private static PlainText read(String type, String body) throws MalformedJson {
        return PlainText.read(type, body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static List<String> places(PlainText text) {
        return text.pieces().stream().map(piece -> piece.line() + piece.jsonPath() + "=" + piece.text()).toList();
    }

    @Test
    void jsonIsAListOfItsStringsAndKeys() throws Exception {
        assertThat(places(read("application/json", "{\"a\":[\"x\",1,{\"b\":\"y\\n\"}]}"))).containsExactly("0/a=a", "0/a/0=x", "0/a/2/b=b", "0/a/2/b=y\n");
    }

    @Test
    void jsonUnderAnotherTypeIsStillReadAsJson() throws Exception {
        assertThat(places(read("text/plain", "{\n \"a\": \"\\u0061b\"\n}"))).containsExactly("0/a=a", "0/a=ab");
    }

    @Test
    void eachLineOfNdjsonIsADocumentAndCanBeChangedAlone() throws Exception {
        PlainText text = read("application/x-ndjson", "{\"a\":\"x\"}\n{\"a\":\"y\"}\n");
        assertThat(places(text)).containsExactly("0/a=a", "0/a=x", "1/a=a", "1/a=y");
        byte[] out = text.replacing(Map.of(text.pieces().get(3), "\"z\""));
        assertThat(new String(out, StandardCharsets.UTF_8)).isEqualTo("{\"a\":\"x\"}\n{\"a\":\"\\\"z\\\"\"}\n");
    }

    @Test
    void anyOtherTextIsOnePiece() throws Exception {
        PlainText text = read("text/plain", "héllo \"you\"");
        assertThat(places(text)).containsExactly("0=héllo \"you\"");
        assertThat(new String(text.replacing(Map.of(text.pieces().getFirst(), "bye")), StandardCharsets.UTF_8)).isEqualTo("bye");
    }

    @Test
    void bytesThatAreNoTextGiveNothingAndBrokenJsonIsRefused() throws Exception {
        assertThat(PlainText.read("text/plain", new byte[] {(byte) 0xff, 0})).isEmpty();
        assertThatThrownBy(() -> read("application/json", "{")).isInstanceOf(MalformedJson.class);
    }
}
