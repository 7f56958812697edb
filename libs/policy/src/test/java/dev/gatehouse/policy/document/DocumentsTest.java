package dev.gatehouse.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {

    record Inner(String name, Optional<Integer> count) {}

    record Sample(
            String text, Boolean flag, Double number, Long big, Duration span, ByteSize size, Instant time, List<Inner> list, Map<String, String> map) {}

    @Test
    void everyTypeReadsAsWritten() {
        Sample sample = bind("""
                text: a
                flag: true
                number: 1e-3
                big: 9007199254740993
                span: 1h2m3s4ms
                size: 64Ki
                time: 2026-11-24T10:00:00Z
                list: [{name: x, count: 1}, {name: y}]
                map: {a.b/c: d}
                """);
        assertThat(sample).isEqualTo(new Sample("a", true, 0.001, 9007199254740993L, Duration.ofHours(1).plusMinutes(2).plusSeconds(3).plusMillis(4),
                new ByteSize(65536), Instant.parse("2026-11-24T10:00:00Z"),
                List.of(new Inner("x", Optional.of(1)), new Inner("y", Optional.empty())), Map.of("a.b/c", "d")));
    }

    @Test
    void absentAndNullAreTheSame() {
        assertThat(bind("text: ~\nlist:\nmap: null\nflag:\n")).isEqualTo(bind("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "on", "no", "0x1F", "1_000", "12:30:00", "2026-11-24", "'true'", "\"1\"", ".inf"})
    void whatYaml12CallsAStringIsOne(String scalar) {
        assertThat(bind("text: " + scalar).text()).isEqualTo(scalar.replaceAll("['\"]", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text: true                   | a.yaml:1:7: text: must be a string (put it in quotes), is true
            text: [a]                    | a.yaml:1:7: text: must be a single value
            flag: yes                    | a.yaml:1:7: flag: must be true or false, is yes
            number: '1'                  | a.yaml:1:9: number: must be a number, is 1
            big: 99999999999999999999    | a.yaml:1:6: big: is out of range: 99999999999999999999
            span: 5m ago                 | a.yaml:1:7: span: is no duration: 5m ago
            size: 3Gi                    | a.yaml:1:7: size: is more than 2147483647 bytes: 3Gi
            time: yesterday              | a.yaml:1:7: time: is no time: yesterday
            list: {name: x}              | a.yaml:1:7: list: must be a list
            list: [{name: x}, ~]         | a.yaml:1:19: list[1]: is empty
            list: [{nam: x}]             | a.yaml:1:14: list[0].nam: unknown field nam; did you mean name?
            map: [a]                     | a.yaml:1:6: map: must be an object
            text: !!binary aGk=          | a.yaml:1:7: text: has a tag, which is not allowed: tag:yaml.org,2002:binary
            '!!java.lang.Runtime {}: a'  | a.yaml:1:
            '{text: a, text: b}'         | a.yaml:1:11: text: is given twice
            '<<: {text: a}'              | unknown field <<
            '[a]'                        | a.yaml:1:1: must be an object
            """)
    void aWrongValueIsRefusedWithItsPlace(String yaml, String message) {
        assertThatThrownBy(() -> bind(yaml)).isInstanceOf(DocumentException.class).hasMessageContaining(message);
    }

    @Test
    void jsonIsReadWithItsLinesToo() {
        String json = "{\n\t\"text\": \"a/b \\u00e9 \\ud83d\\ude00\",\n\t\"list\": [\n\t\t{\"name\": 5}\n\t]\n}";
        assertThatThrownBy(() -> bindAs("a.json", json)).hasMessage("a.json:4:12: list[0].name: must be a string (put it in quotes), is 5");
        assertThat(bindAs("a.json", json.replace("5", "\"x\"")).text()).isEqualTo("a/b \u00e9 \ud83d\ude00");
    }

    @Test
    void severalDocumentsComeInOrderAndEmptyOnesNotAtAll() {
        Documents documents = Documents.parse("a.yaml", "---\ntext: a\n---\n# nothing\n---\ntext: b\n...\n");
        assertThat(documents.documents()).extracting(document -> document.text("text")).containsExactly(Optional.of("a"), Optional.of("b"));
        assertThat(documents.documents().get(1).place("text")).hasToString("a.yaml:6:7: text");
    }

    @Test
    void aSyntaxFaultKeepsTheDocumentsBeforeItAndSaysWhere() {
        Documents documents = Documents.parse("a.yaml", "text: a\n---\ntext: 'open\n");
        assertThat(documents.documents()).hasSize(1);
        assertThat(documents.syntaxFault()).get().asString().startsWith("a.yaml:4:1: found unexpected end of stream");
    }

    @Test
    void aliasesDepthAndSizeAreBounded() {
        String bomb = "a: &a [x]\n" + "b: [" + "*a,".repeat(100) + "]\n";
        String deep = "a: " + "[".repeat(10_000) + "]".repeat(10_000);
        String long4m = "text: " + "x".repeat(Documents.MAX_CODE_POINTS + 1);
        for (String text : List.of(bomb, deep, long4m)) {
            assertThat(Documents.parse("a.yaml", text).syntaxFault()).isPresent();
        }
    }

    @Test
    void anAliasReadsAsWhatItStandsFor() {
        assertThat(bind("list: [&x {name: a}, *x]").list()).containsExactly(new Inner("a", Optional.empty()), new Inner("a", Optional.empty()));
    }

    @Test
    void whatIsMissingIsSaidAtItsParent() {
        Document document = Documents.parse("a.yaml", "a:\n  b: 1\n").documents().getFirst();
        assertThat(document.place("a.c[3].d")).hasToString("a.yaml:2:3: a.c[3].d");
    }

    private static Sample bind(String text) {
        return bindAs("a.yaml", text);
    }

    private static Sample bindAs(String file, String text) {
        Documents documents = Documents.parse(file, text);
        documents.syntaxFault().ifPresent(fault -> {
            throw new DocumentException(fault);
        });
        return documents.documents().getFirst().bind(Sample.class);
    }
}
