package dev.gatehouse.risk.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.risk.schema.OutputSchema.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputSchemaTest {

    private static final OutputSchema ORDER = OutputSchema.parse("""
            {"type": "object", "required": ["id", "lines"], "additionalProperties": false, "properties": {
              "id": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]+$"},
              "lines": {"type": "array", "items": {"$ref": "#/$defs/line"}}},
             "$defs": {"line": {"type": "object", "required": ["count"], "properties": {"count": {"type": "integer", "minimum": 1}}}}}""");

    @Test
    void whatTheSchemaSaysIsFine() {
        assertThat(ORDER.fault("{\"id\": \"AB-7\", \"lines\": [{\"count\": 2}]}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id": "AB-7"}                                 | NOT_VALID
            {"id": "ab-7", "lines": []}                    | NOT_VALID
            {"id": "AB-7", "lines": [{"count": 0}]}        | NOT_VALID
            {"id": "AB-7", "lines": [], "more": 1}         | NOT_VALID
            {"id": "AB-7", "lines": []                     | NOT_JSON
            {"id": "AB-7", "lines": []} and so on          | NOT_JSON
            {"id": "AB-7", "id": "AB-8", "lines": []}      | NOT_JSON
            ``                                             | NOT_VALID
            """)
    void everythingElseHasAFault(String text, Fault fault) {
        assertThat(ORDER.fault(text)).contains(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "object"                              | is no JSON
            {"pattern": "(a)\\\\1"}                        | is no JSON Schema that can be used
            {"$ref": "https://example.org/schema.json"}    | is no JSON Schema that can be used
            {"$ref": "file:///etc/passwd"}                 | is no JSON Schema that can be used
            """)
    void aSchemaThatCannotBeUsedIsRefused(String schema, String reason) {
        assertThatThrownBy(() -> OutputSchema.parse(schema)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(reason);
    }

    @Test
    @Timeout(20)
    void patternsThatBacktrackElsewhereTakeNoTime() {
        OutputSchema schema = OutputSchema.parse("{\"type\": \"string\", \"pattern\": \"^(a+)+$\"}");
        long start = System.nanoTime();
        assertThat(schema.fault("\"" + "a".repeat(5_000) + "!\"")).contains(Fault.NOT_VALID);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @Timeout(20)
    void aSchemaThatDoublesAtEveryLevelEnds() {
        StringBuilder defs = new StringBuilder("{\"d0\": {}");
        for (int i = 1; i <= 60; i++) {
            defs.append(", \"d%d\": {\"allOf\": [{\"$ref\": \"#/$defs/d%d\"}, {\"$ref\": \"#/$defs/d%d\"}]}".formatted(i, i - 1, i - 1));
        }
        OutputSchema schema = OutputSchema.parse("{\"$ref\": \"#/$defs/d60\", \"$defs\": " + defs + "}}");
        assertThat(schema.fault("{}")).contains(Fault.NOT_JUDGED);
    }

    @Test
    @Timeout(20)
    void aSchemaThatIsItselfForEverEnds() {
        OutputSchema schema = OutputSchema.parse("{\"allOf\": [{\"$ref\": \"#\"}, {\"$ref\": \"#\"}]}");
        assertThat(schema.fault("{}")).contains(Fault.NOT_JUDGED);
    }
}
