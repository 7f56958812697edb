package dev.gatehouse.router.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.router.classify.Classification;
import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.router.decide.Asked;
import dev.gatehouse.router.decide.AskedRequests;
import dev.gatehouse.router.decide.Decider;
import dev.gatehouse.router.decide.Decision;
import dev.gatehouse.router.decide.Due;
import dev.gatehouse.router.decide.RequestReader;
import dev.gatehouse.router.external.Opinion;
import dev.gatehouse.router.sticky.StickyRoutes;
import dev.gatehouse.service.http.JsonAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Answers one dry run. In: {@code text} (a user's prompt) or {@code body} (a request's JSON body), and if wanted {@code policy} ({@code
 * namespace/name}; the first by precedence without), {@code path}, {@code headers} and an {@code id} that is passed through. Out: {@code {"route",
 * "model", "score", "outOfScope", "reason", "candidates": [{"route", "score"}], "nearest": [{"text", "score"}], "signals": {}}}. Route, score and
 * {@code outOfScope} are null where there is none. Among the signals are {@code policy}, {@code threshold}, {@code skipped} (why, by model) and
 * {@code decider}. Nothing is kept of it, and no trial is taken.
 *
 * @param embed a text's vector
 */
public record RouteAnswer(
        PolicySource<SemanticRoutingPolicy, CompiledRouting> policies, AskedRequests requests, StickyRoutes sticky, Function<String, Int8Vector> embed)
        implements JsonAnswer {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final String PATH = "/v1/chat/completions";
    private static final String DRY_MODEL = "auto";
    private static final int CANDIDATES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public byte[] answer(byte[] document) throws IOException, InterruptedException {
        JsonNode question = parse(document);
        CompiledRouting routing = routing(question);
        Asked asked = asked(question, routing);
        Decision decision = new Decider(routing, sticky, false).decide(asked);
        return JSON.writeValueAsBytes(answer(question, routing, asked, decision));
    }

    private static JsonNode parse(byte[] document) throws IOException {
        try {
            JsonNode question = JSON.readTree(document);
            long given = Stream.of(question.path("text").isTextual(), question.has("body")).filter(is -> is).count();
            if (question.isObject() && given == 1) {
                return question;
            }
        } catch (JsonProcessingException e) {
            throw new BadDocument("not JSON, or with a key twice in an object (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")");
        }
        throw new BadDocument("must be an object with one of \"text\" (a string) and \"body\"");
    }

    private CompiledRouting routing(JsonNode question) {
        Snapshot<SemanticRoutingPolicy, CompiledRouting> snapshot = policies.current();
        if (!question.has("policy")) {
            return snapshot.policies().stream().findFirst().orElseThrow(() -> new BadDocument("there is no policy")).compiled();
        }
        String[] name = question.get("policy").asText().split("/", 2);
        return (name.length == 2 ? snapshot.policy(name[0], name[1]) : snapshot.policy("default", name[0]))
                .orElseThrow(() -> new BadDocument("no policy of that name")).compiled();
    }

    private Asked asked(JsonNode question, CompiledRouting routing) throws JsonProcessingException {
        RequestHead head = head(question);
        Optional<LlmRequest> request = RequestReader.parse("POST", head.path(), "application/json", JSON.writeValueAsBytes(body(question)));
        return requests.of(routing, head, request, embed, Due.within(PATIENCE));
    }

    private static JsonNode body(JsonNode question) {
        if (question.has("body")) {
            return question.get("body");
        }
        ObjectNode body = JSON.createObjectNode().put("model", DRY_MODEL);
        body.putArray("messages").addObject().put("role", "user").put("content", question.get("text").asText());
        return body;
    }

    private static RequestHead head(JsonNode question) {
        Headers headers = Headers.of("content-type", "application/json");
        for (Map.Entry<String, JsonNode> header : question.path("headers").properties()) {
            headers = headers.with(header.getKey(), header.getValue().asText());
        }
        Attachment attachment = new Attachment(Attachment.Protocol.EXT_PROC, Attachment.BodyMode.BUFFERED, Attachment.BodyMode.BUFFERED);
        return new RequestHead("POST", "dry-run", question.path("path").asText(PATH), headers, Map.of(), Metadata.empty(), Optional.empty(), attachment);
    }

    private static ObjectNode answer(JsonNode question, CompiledRouting routing, Asked asked, Decision decision) {
        Optional<Classification> found = decision.classification();
        ObjectNode answer = JSON.createObjectNode();
        Optional.ofNullable(question.get("id")).ifPresent(id -> answer.set("id", id));
        answer.put("route", decision.route().orElse(null)).put("model", decision.model().or(() -> asked.request().flatMap(LlmRequest::model)).orElse(null))
                .put("score", found.map(Classification::score).orElse(null)).put("outOfScope", found.map(Classification::outOfScope).orElse(null))
                .put("reason", decision.why().word());
        ArrayNode candidates = answer.putArray("candidates");
        found.ifPresent(known -> known.candidates().stream().limit(CANDIDATES)
                .forEach(scored -> candidates.addObject().put("route", scored.route()).put("score", scored.score())));
        ArrayNode nearest = answer.putArray("nearest");
        found.ifPresent(known -> known.nearest().forEach(near -> nearest.addObject().put("text", near.text()).put("score", near.cosine())));
        answer.set("signals", signals(routing, asked, decision));
        return answer;
    }

    private static ObjectNode signals(CompiledRouting routing, Asked asked, Decision decision) {
        ObjectNode signals = JSON.createObjectNode().put("policy", routing.name());
        asked.signals().shown().forEach((name, value) -> signals.set(name, JSON.valueToTree(value)));
        decision.classification().ifPresent(found -> signals.put("threshold", found.threshold()));
        decision.opinion().ifPresent(opinion -> signals.put("decider", words(opinion)));
        ObjectNode skipped = signals.putObject("skipped");
        decision.skipped().forEach((model, why) -> skipped.put(model, why.detail()));
        return signals;
    }

    private static String words(Opinion opinion) {
        return switch (opinion) {
            case Opinion.Chosen chosen -> chosen.route();
            case Opinion.None none -> "none";
            case Opinion.Missing missing -> missing.why().name().toLowerCase(java.util.Locale.ROOT);
        };
    }
}
