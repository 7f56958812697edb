package dev.gatehouse.ratelimit.ask;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.ratelimit.compile.Variables;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of an expression's variables, as the request tells them. */
final class Facts {

    private Facts() {}

    static Map<String, Object> of(Asked asked) {
        Map<String, Object> values = new HashMap<>();
        values.put(Variables.METHOD, asked.head().method());
        values.put(Variables.PATH, asked.head().pathOnly());
        values.put(Variables.HOST, asked.head().authority());
        values.put(Variables.HEADERS, headers(asked.head().headers()));
        values.put(Variables.SIZE, asked.bytes());
        values.put(Variables.MODEL, asked.model());
        values.put(Variables.STREAM, asked.request().map(LlmRequest::stream).orElse(false));
        values.put(Variables.PRINCIPAL, asked.identity().principal().orElse(""));
        values.put(Variables.TENANT, asked.identity().tenant().orElse(""));
        values.put(Variables.METADATA, asked.head().metadata().namespaces());
        values.put(Variables.INPUT, asked.input().tokens());
        return values;
    }

    /** Several fields of a name are one, with commas between them (RFC 9110, 5.3). */
    private static Map<String, String> headers(Headers headers) {
        Map<String, String> joined = new LinkedHashMap<>();
        headers.fields().forEach(field -> joined.merge(field.name(), field.value(), (one, more) -> one + ", " + more));
        return joined;
    }
}
