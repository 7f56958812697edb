package dev.gatehouse.llm;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The model in a request path: {@code models/{model}:verb} (Gemini, Vertex), {@code deployments/{model}/} (Azure) and
 * {@code model/{model}/verb} (Bedrock).
 *
 * @param path  the path as sent, with its query
 * @param start index of the model's first character
 * @param end   index after the model's last character
 */
record ModelPath(String path, int start, int end) {

    private record Place(String before, char after) {}

    private static final List<Place> PLACES = List.of(
            new Place("/models/", ':'), new Place("/tunedModels/", ':'), new Place("/endpoints/", ':'),
            new Place("/deployments/", '/'), new Place("/model/", '/'));

    /** A prefix of the gateway may hold the word model too: only these make it Bedrock's. */
    private static final Set<String> BEDROCK_VERBS =
            Set.of("converse", "converse-stream", "invoke", "invoke-with-response-stream", "count-tokens");

    static Optional<ModelPath> in(String path) {
        String pathOnly = PathWords.withoutQuery(path);
        return PLACES.stream().flatMap(place -> find(path, pathOnly, place).stream()).findFirst();
    }

    private static Optional<ModelPath> find(String path, String pathOnly, Place place) {
        int before = pathOnly.indexOf(place.before);
        if (before < 0) {
            return Optional.empty();
        }
        int start = before + place.before.length();
        int end = place.after == ':' ? pathOnly.lastIndexOf(':') : pathOnly.indexOf('/', start);
        boolean found = end > start && (!place.before.equals("/model/") || BEDROCK_VERBS.contains(pathOnly.substring(end + 1)));
        return found ? Optional.of(new ModelPath(path, start, end)) : Optional.empty();
    }

    String model() {
        try {
            return URLDecoder.decode(path.substring(start, end).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return path.substring(start, end);
        }
    }

    /** The path with another model, percent-encoded so that it stays one segment (CVE-2026-29791). */
    String with(String model) {
        return path.substring(0, start) + URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20") + path.substring(end);
    }
}
