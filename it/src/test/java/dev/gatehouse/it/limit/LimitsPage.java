package dev.gatehouse.it.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of a limit as the service shows them. */
record LimitsPage(Map<String, Key> keys) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    record Key(long used, long reserved) {}

    static LimitsPage read(URI management, String policy, String limit) throws Exception {
        HttpRequest get = HttpRequest.newBuilder(management.resolve("/v1/limits/" + policy + "/" + limit + "/keys")).build();
        JsonNode page = JSON.readTree(HTTP.send(get, HttpResponse.BodyHandlers.ofString()).body());
        Map<String, Key> keys = new LinkedHashMap<>();
        page.get("keys").forEach(key -> keys.put(key.get("key").path(0).asText(), new Key(key.get("used").asLong(), key.get("reserved").asLong())));
        return new LimitsPage(keys);
    }
}
