package dev.gatehouse.ratelimit.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gatehouse.envoy.ratelimit.RateLimitJson;
import dev.gatehouse.envoy.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.dropin.UpstreamMetrics;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.limit.RedisLimits;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random limits and questions: envoyproxy/ratelimit and we give the same answers and count the same statistics (which are not
 * compared with a local cache: over_limit was seen one apart there). Skipped without
 * GATEHOUSE_RATELIMIT_GO (a build of envoyproxy/ratelimit of July 2026, which knows metadata and wildcards in the middle) and
 * GATEHOUSE_REDIS_SERVER.
 */
class UpstreamComparisonTest {

    private static final int DOMAINS = 25;
    private static final int QUESTIONS = 3_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Settings that change answers. */
    enum Setting {
        HEADERS_AND_METADATA(
                Map.of("LIMIT_RESPONSE_HEADERS_ENABLED", "true", "RESPONSE_DYNAMIC_METADATA", "true"),
                new AnswerOptions(false, false, Optional.of(new AnswerOptions.HeaderNames("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")),
                        true, 0.8f, false, "", 0)),
        NEAR_HALF(Map.of("NEAR_LIMIT_RATIO", "0.5"), new AnswerOptions(false, false, Optional.empty(), false, 0.5f, false, "", 0)),
        SHADOW(Map.of("SHADOW_MODE", "true"), new AnswerOptions(true, false, Optional.empty(), false, 0.8f, false, "", 0)),
        QUOTA(Map.of("QUOTA_MODE", "true"), new AnswerOptions(false, true, Optional.empty(), false, 0.8f, false, "", 0)),
        LOCAL_CACHE(Map.of("LOCAL_CACHE_SIZE_IN_BYTES", "10000000"), new AnswerOptions(false, false, Optional.empty(), false, 0.8f, false, "", 10_000)),
        STOP_WHEN_OVER(Map.of("STOP_CACHE_KEY_INCREMENT_WHEN_OVERLIMIT", "true"),
                new AnswerOptions(false, false, Optional.empty(), false, 0.8f, true, "", 0));

        private final Map<String, String> variables;
        private final AnswerOptions options;

        Setting(Map<String, String> variables, AnswerOptions options) {
            this.variables = variables;
            this.options = options;
        }
    }

    @TempDir
    Path root;

    private final Vertx vertx = Vertx.vertx();
    private RedisProgram server;
    private RedisState redis;

    @BeforeEach
    void start() throws Exception {
        server = new RedisProgram();
        redis = new RedisState(vertx, RedisSettings.standalone("redis://" + server.address()).withDeadline(Duration.ofSeconds(10)));
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            redis.close();
            server.close();
        }
        vertx.close();
    }

    @ParameterizedTest
    @EnumSource
    void bothAnswerAndCountAlike(Setting setting) throws Exception {
        Generated generated = new Generated(42 + setting.ordinal());
        List<String> files = configure(generated);
        Service ours = new Service(setting.options, new RedisLimits(redis).async(), SharedLimits.none());
        assertThat(ours.load(files.toArray(String[]::new))).isEmpty();
        try (GoService go = new GoService(root, server.address(), setting.variables)) {
            for (int i = 0; i < QUESTIONS; i++) {
                String question = generated.question("d" + i % DOMAINS);
                assertThat(ask(ours, question)).as(question).isEqualTo(ask(go, question));
            }
            if (setting != Setting.LOCAL_CACHE) {
                Map<String, Double> counted = families(UpstreamMetrics.text(ours.statistics.snapshot()));
                assertThat(differences(counted, eventually(go, counted))).isEmpty();
            }
        }
    }

    private List<String> configure(Generated generated) throws Exception {
        Path folder = Files.createDirectories(root.resolve("config"));
        List<String> files = new ArrayList<>();
        for (int i = 0; i < DOMAINS; i++) {
            files.add(generated.file("d" + i));
            Files.writeString(folder.resolve("d" + i + ".yaml"), files.get(i));
        }
        return files;
    }

    private static String ask(GoService go, String question) throws Exception {
        HttpResponse<String> response = go.json(question);
        return response.statusCode() == 400 ? "refused" : plain(JSON.readTree(response.body()));
    }

    private static String ask(Service service, String question) throws Exception {
        try {
            return plain(JSON.readTree(RateLimitJson.text(service.ask(question))));
        } catch (RateLimiter.Refused e) {
            return "refused";
        }
    }

    /** Seconds to the end of a window differ by the moment of asking; a limit in metadata is prototext, whose blanks are random. */
    private static String plain(JsonNode answer) {
        answer.path("statuses").forEach(status -> {
            if (status.has("durationUntilReset")) {
                ((ObjectNode) status).set("durationUntilReset", TextNode.valueOf("some"));
            }
        });
        answer.path("responseHeadersToAdd").forEach(header -> {
            if (header.path("key").asText().equals("RateLimit-Reset")) {
                ((ObjectNode) header).set("value", TextNode.valueOf("some"));
            }
        });
        answer.path("dynamicMetadata").path("descriptors").forEach(descriptor -> {
            if (descriptor.has("limit")) {
                ((ObjectNode) descriptor).set("limit", TextNode.valueOf(descriptor.path("limit").asText().replaceAll(" +", " ").trim()));
            }
        });
        return sorted(answer).toString();
    }

    private static Object sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> fields = new TreeMap<>();
            node.fields().forEachRemaining(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return fields;
        }
        if (node.isArray()) {
            List<Object> elements = new ArrayList<>();
            node.forEach(element -> elements.add(sorted(element)));
            return elements;
        }
        return node.isNumber() ? (Object) node.asDouble() : node.asText();
    }

    /** What the Go service counts, once it has flushed all of it. */
    private static Map<String, Double> eventually(GoService go, Map<String, Double> expected) throws Exception {
        Map<String, Double> seen = Map.of();
        for (long end = System.nanoTime() + Duration.ofSeconds(10).toNanos(); System.nanoTime() < end && !seen.equals(expected); ) {
            seen = families(go.metrics());
        }
        return seen;
    }

    private static List<String> differences(Map<String, Double> ours, Map<String, Double> theirs) {
        Set<String> names = new TreeSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        return names.stream().filter(name -> !Objects.equals(ours.get(name), theirs.get(name)))
                .map(name -> name + ": we " + ours.get(name) + ", they " + theirs.get(name)).toList();
    }

    private static Map<String, Double> families(String metrics) {
        Map<String, Double> samples = new TreeMap<>();
        metrics.lines().filter(line -> line.startsWith("ratelimit_service_rate_limit_")).forEach(line -> {
            int value = line.lastIndexOf(' ');
            if (!line.contains("local_cache") && Double.parseDouble(line.substring(value + 1)) != 0) {
                samples.put(line.substring(0, value), Double.parseDouble(line.substring(value + 1)));
            }
        });
        return samples;
    }
}
