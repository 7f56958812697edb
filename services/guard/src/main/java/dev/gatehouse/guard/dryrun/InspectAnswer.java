package dev.gatehouse.guard.dryrun;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.Placeholders;
import dev.gatehouse.guard.compile.CompiledGuard;
import dev.gatehouse.guard.inspect.Hit;
import dev.gatehouse.guard.inspect.Judge;
import dev.gatehouse.guard.inspect.Judgement;
import dev.gatehouse.guard.inspect.Objection;
import dev.gatehouse.guard.inspect.Verdict;
import dev.gatehouse.guard.mask.Masker;
import dev.gatehouse.guard.prompt.Piece;
import dev.gatehouse.guard.prompt.Prompt;
import dev.gatehouse.guard.prompt.PromptReader;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.service.http.JsonAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Answers one dry run. In: {@code {"policy"?: "namespace/name", "text": "..."}} or {@code {"policy"?, "path", "body": {...}}}, and an
 * {@code id} that is passed through. Out: {@code {"verdict", "findings": [{"rule", "detector", "category", "score", "path", "start", "end",
 * "action"}], "text" or "body"}}; offsets are Unicode code points of the original text, and text or body are masked where the verdict is Mask.
 *
 * @param policies where policies come from; without a name the first by precedence is used
 * @param hash     the service's keyed hash
 */
public record InspectAnswer(PolicySource<PromptGuardPolicy, CompiledGuard> policies, KeyedHash hash) implements JsonAnswer {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final String DEFAULT_PATH = "/v1/chat/completions";

    @Override
    public byte[] answer(byte[] document) throws IOException, InterruptedException {
        JsonNode question = parse(document);
        CompiledGuard guard = guard(question);
        Prompt prompt = prompt(question, guard);
        Judgement judgement = Judge.judge(guard, prompt);
        ObjectNode answer = JSON.createObjectNode();
        Optional.ofNullable(question.get("id")).ifPresent(id -> answer.set("id", id));
        answer.put("policy", guard.name()).put("verdict", judgement.verdict().name());
        addFindings(answer.putArray("findings"), judgement);
        addMasked(answer, question, prompt, judgement);
        return JSON.writeValueAsBytes(answer);
    }

    private static JsonNode parse(byte[] document) throws IOException {
        try {
            JsonNode question = JSON.readTree(document);
            if (question.isObject() && question.path("text").isTextual() != question.has("body")) {
                return question;
            }
        } catch (JsonProcessingException e) {
            throw new BadDocument("not JSON, or with a key twice in an object (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")");
        }
        throw new BadDocument("must be an object with either \"text\" (a string) or \"body\"");
    }

    private CompiledGuard guard(JsonNode question) {
        Snapshot<PromptGuardPolicy, CompiledGuard> snapshot = policies.current();
        if (!question.has("policy")) {
            return snapshot.policies().stream().findFirst().orElseThrow(() -> new BadDocument("there is no policy")).compiled();
        }
        String[] name = question.get("policy").asText().split("/", 2);
        return (name.length == 2 ? snapshot.policy(name[0], name[1]) : snapshot.policy("default", name[0]))
                .orElseThrow(() -> new BadDocument("no policy of that name")).compiled();
    }

    private static Prompt prompt(JsonNode question, CompiledGuard guard) throws JsonProcessingException {
        if (question.has("text")) {
            return Prompt.ofText(question.get("text").asText());
        }
        byte[] body = JSON.writeValueAsBytes(question.get("body"));
        return new PromptReader(guard).read("POST", question.path("path").asText(DEFAULT_PATH), body);
    }

    private static void addFindings(ArrayNode findings, Judgement judgement) {
        judgement.hits().forEach(hit -> add(findings.addObject(), hit));
        judgement.objections().forEach(objection -> add(findings.addObject(), objection));
    }

    private static void add(ObjectNode finding, Hit hit) {
        String text = hit.piece().text();
        finding.put("rule", hit.rule().name())
                .put("detector", hit.finding().detector())
                .put("category", hit.finding().category())
                .put("score", hit.finding().score())
                .put("path", hit.piece().path())
                .put("start", text.codePointCount(0, hit.finding().start()))
                .put("end", text.codePointCount(0, hit.finding().end()))
                .put("action", hit.verdict().name());
    }

    private static void add(ObjectNode finding, Objection objection) {
        finding.put("rule", objection.code())
                .put("detector", "uninspectable")
                .put("category", objection.kind())
                .put("score", 1.0)
                .put("path", objection.path())
                .put("start", 0)
                .put("end", 0)
                .put("action", objection.verdict().name());
    }

    private void addMasked(ObjectNode answer, JsonNode question, Prompt prompt, Judgement judgement) {
        Map<Piece, String> masked = new Masker(new Placeholders(), hash).mask(prompt.pieces(), judgement.hits(Verdict.Mask));
        if (question.has("text")) {
            answer.put("text", masked.getOrDefault(prompt.pieces().getFirst(), question.get("text").asText()));
        } else if (!prompt.pieces().isEmpty()) {
            answer.putRawValue("body", new RawValue(new String(prompt.rewrite().replacing(masked), StandardCharsets.UTF_8)));
        }
    }
}
