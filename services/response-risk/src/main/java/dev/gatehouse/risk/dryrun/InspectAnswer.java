package dev.gatehouse.risk.dryrun;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Formats;
import dev.gatehouse.llm.answer.StrandEditor;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.policy.risk.ResponseRiskPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.risk.answer.AnswerFlow;
import dev.gatehouse.risk.answer.AnswerFlows;
import dev.gatehouse.risk.answer.AnswerHead;
import dev.gatehouse.risk.asked.Asked;
import dev.gatehouse.risk.asked.AskedReader;
import dev.gatehouse.risk.compile.CompiledRisk;
import dev.gatehouse.risk.judge.AnswerJudge;
import dev.gatehouse.risk.judge.Objection;
import dev.gatehouse.service.http.JsonAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers one dry run. In, besides {@code policy} ({@code namespace/name}), {@code path} and {@code request} (the request that is answered, for
 * what is compared with it) and an {@code id} that is passed through, one of
 * <ul>
 * <li>{@code "text"}: a text of the assistant's,
 * <li>{@code "stream"}: the same in pieces; {@code "released"} then says what passes on at each of them, and at the end,
 * <li>{@code "body"}: an answer's JSON body.
 * </ul>
 * Out: {@code {"verdict", "findings": [{"rule", "detector", "category", "score", "where", "start", "end", "action"}], "unjudged": [rules],
 * "heldBack"}} and {@code text}, {@code released} or {@code body}; offsets are Unicode code points of the text as it came.
 *
 * @param policies where policies come from; without a name the first by precedence is used
 */
public record InspectAnswer(PolicySource<ResponseRiskPolicy, CompiledRisk> policies) implements JsonAnswer {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final String DEFAULT_PATH = "/v1/chat/completions";

    @Override
    public byte[] answer(byte[] document) throws IOException {
        JsonNode question = parse(document);
        CompiledRisk risk = risk(question);
        Asked asked = asked(question, risk);
        ObjectNode answer = JSON.createObjectNode();
        Optional.ofNullable(question.get("id")).ifPresent(id -> answer.set("id", id));
        try (AnswerJudge judge = new AnswerJudge(risk, asked)) {
            Recording recording = new Recording(judge);
            ObjectNode outcome = outcome(question, risk, asked, judge, recording);
            answer.put("policy", risk.name()).put("verdict", judge.judgement().verdict().name());
            addFindings(answer.putArray("findings"), judge, recording);
            judge.judgement().failures().forEach(answer.putArray("unjudged")::add);
            answer.put("heldBack", judge.mostHeldBack()).setAll(outcome);
        }
        return JSON.writeValueAsBytes(answer);
    }

    private static JsonNode parse(byte[] document) throws IOException {
        try {
            JsonNode question = JSON.readTree(document);
            boolean stream = question.path("stream").isArray() && question.path("stream").valueStream().allMatch(JsonNode::isTextual);
            long given = Stream.of(question.path("text").isTextual(), stream, question.has("body")).filter(is -> is).count();
            if (question.isObject() && given == 1) {
                return question;
            }
        } catch (JsonProcessingException e) {
            throw new BadDocument("not JSON, or with a key twice in an object (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")");
        }
        throw new BadDocument("must be an object with one of \"text\" (a string), \"stream\" (a list of strings) and \"body\"");
    }

    private CompiledRisk risk(JsonNode question) {
        Snapshot<ResponseRiskPolicy, CompiledRisk> snapshot = policies.current();
        if (!question.has("policy")) {
            return snapshot.policies().stream().findFirst().orElseThrow(() -> new BadDocument("there is no policy")).compiled();
        }
        String[] name = question.get("policy").asText().split("/", 2);
        return (name.length == 2 ? snapshot.policy(name[0], name[1]) : snapshot.policy("default", name[0]))
                .orElseThrow(() -> new BadDocument("no policy of that name")).compiled();
    }

    private static Asked asked(JsonNode question, CompiledRisk risk) throws JsonProcessingException {
        String path = question.path("path").asText(DEFAULT_PATH);
        Optional<Format> format = Formats.recognise("POST", path, "application/json");
        if (!question.has("request")) {
            return Asked.unread(format, path);
        }
        try {
            return new AskedReader(risk.maxBodyBytes()).read(format, path, JSON.writeValueAsBytes(question.get("request")));
        } catch (MalformedJson e) {
            throw new BadDocument("\"request\" is no request: " + e.getMessage());
        }
    }

    private static ObjectNode outcome(JsonNode question, CompiledRisk risk, Asked asked, AnswerJudge judge, Recording recording)
            throws JsonProcessingException {
        ObjectNode outcome = JSON.createObjectNode();
        if (question.has("body")) {
            addBody(outcome, JSON.writeValueAsBytes(question.get("body")), risk, asked, judge, recording);
        } else if (question.has("stream")) {
            addReleased(outcome.putArray("released"), question.get("stream"), judge, recording);
        } else {
            StrandEditor text = recording.recorded(judge.text(""));
            outcome.put("text", text.feed(question.get("text").asText()) + text.end());
        }
        return outcome;
    }

    private static void addBody(ObjectNode outcome, byte[] body, CompiledRisk risk, Asked asked, AnswerJudge judge, Recording recording) {
        AnswerHead head = new AnswerHead("POST", asked.path(), 200, Headers.of("content-type", "application/json"), asked.format());
        AnswerFlow flow = AnswerFlows.of(risk, head, judge, recording);
        String goes = new String(flow.feed(body), StandardCharsets.UTF_8) + new String(flow.end(), StandardCharsets.UTF_8);
        outcome.putRawValue("body", new RawValue(goes));
    }

    private static void addReleased(ArrayNode released, JsonNode pieces, AnswerJudge judge, Recording recording) {
        StrandEditor text = recording.recorded(judge.text(""));
        for (JsonNode piece : pieces) {
            if (judge.stop().isPresent()) {
                return;
            }
            released.add(text.feed(piece.asText()));
        }
        released.add(text.end());
    }

    private static void addFindings(ArrayNode findings, AnswerJudge judge, Recording recording) {
        recording.placed().forEach(placed -> add(findings.addObject(), placed));
        judge.judgement().objections().forEach(objection -> add(findings.addObject(), objection));
    }

    private static void add(ObjectNode finding, Recording.Placed placed) {
        int start = Math.min(placed.hit().finding().start(), placed.text().length());
        int end = Math.min(placed.hit().finding().end(), placed.text().length());
        finding.put("rule", placed.hit().rule())
                .put("detector", placed.hit().finding().detector())
                .put("category", placed.hit().finding().category())
                .put("score", placed.hit().finding().score())
                .put("where", placed.hit().where())
                .put("start", placed.text().codePointCount(0, start))
                .put("end", placed.text().codePointCount(0, end))
                .put("action", placed.hit().effect().name());
    }

    private static void add(ObjectNode finding, Objection objection) {
        finding.put("rule", objection.code())
                .put("detector", "uninspectable")
                .put("category", objection.kind())
                .put("score", 1.0)
                .put("where", "")
                .put("start", 0)
                .put("end", 0)
                .put("action", objection.verdict().name());
    }
}
