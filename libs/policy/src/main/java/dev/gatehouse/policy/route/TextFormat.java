package dev.gatehouse.policy.route;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The string values of a {@code google.protobuf.Struct} in protobuf's text format, by key, the first of equal keys. Envoy's ext_proc
 * sends message attributes such as {@code xds.route_metadata} so.
 */
final class TextFormat {

    private static final String KEY = "key:";
    private static final String STRING_VALUE = "string_value:";

    private TextFormat() {}

    static Map<String, String> strings(String text) {
        Map<String, String> strings = new LinkedHashMap<>();
        String key = null;
        for (int at = 0; at < text.length(); ) {
            int open = text.indexOf('"', at);
            int close = open < 0 ? -1 : endOfString(text, open + 1);
            if (close < 0) {
                break;
            }
            String before = text.substring(at, open).stripTrailing();
            String value = text.substring(open + 1, close);
            if (before.endsWith(STRING_VALUE) && key != null) {
                strings.putIfAbsent(key, value);
            }
            key = before.endsWith(KEY) ? value : null;
            at = close + 1;
        }
        return strings;
    }

    private static int endOfString(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }
}
