package dev.gatehouse.llm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What a {@code content-type} field says of a body. */
final class ContentTypes {

    private static final Set<String> UTF8 = Set.of("", "utf-8", "utf8", "us-ascii", "ascii");

    private ContentTypes() {}

    static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    static boolean isMultipart(String contentType) {
        return mediaType(contentType).startsWith("multipart/");
    }

    static boolean isJson(String contentType) {
        String type = mediaType(contentType);
        return type.equals("application/json") || type.endsWith("+json");
    }

    /** JSON, a text, or not said. Servers parse JSON under a wrong text type too. */
    static boolean isText(String contentType) {
        String type = mediaType(contentType);
        return type.isEmpty() || type.startsWith("text/") || isJson(type)
                || type.equals("application/x-ndjson") || type.equals("application/xml") || type.endsWith("+xml")
                || type.equals("application/x-www-form-urlencoded");
    }

    /** Anything but a type that no server parses JSON from. */
    static boolean mayBeJson(String contentType) {
        return !isMultipart(contentType) && !mediaType(contentType).equals("application/x-www-form-urlencoded");
    }

    /** Whether no parameter names another character set: servers disagree on which of several they believe. */
    static boolean isUtf8(String contentType) {
        return Arrays.stream(contentType.toLowerCase(Locale.ROOT).split("[;,]")).map(ContentTypes::charset).allMatch(UTF8::contains);
    }

    /** The character set that a parameter names, or empty; also with spaces around its name and in RFC 8187's form {@code charset*}. */
    private static String charset(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? "" : parameter.substring(0, equals).strip();
        return name.equals("charset") || name.startsWith("charset*") ? parameter.substring(equals + 1).replaceAll("[\"']", "").strip() : "";
    }
}
