package dev.gatehouse.router.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.router.classify.Head;
import dev.gatehouse.router.classify.Report;
import dev.gatehouse.router.compile.CompiledRouting;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an author of examples should know of a policy: {@code {"policy", "thresholds": {route: score}, "routes": [{"route",
 * "examples", "negatives", "threshold", "right", "sure"}], "confusions": [{"route", "takenFor",
 * "examples"}], "overlaps": [{"route", "text", "otherRoute", "otherText", "cosine"}]}}.
 */
public record ReportPage(PolicySource<SemanticRoutingPolicy, CompiledRouting> policies) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param name {@code name} in the namespace {@code default}; empty where there is no such policy */
    public Optional<byte[]> of(String namespace, String name) throws JsonProcessingException {
        Optional<CompiledRouting> routing = policies.current().policy(namespace, name).map(policy -> policy.compiled());
        return routing.isEmpty() ? Optional.empty() : Optional.of(JSON.writeValueAsBytes(page(routing.get())));
    }

    private static ObjectNode page(CompiledRouting routing) {
        ObjectNode page = JSON.createObjectNode().put("policy", routing.name());
        routing.head().map(Head::report).ifPresent(report -> add(page, report));
        return page;
    }

    private static void add(ObjectNode page, Report report) {
        page.set("thresholds", JSON.valueToTree(new TreeMap<>(report.thresholds())));
        page.set("routes", JSON.valueToTree(report.routes()));
        ArrayNode confusions = page.putArray("confusions");
        report.confusions().forEach(one -> confusions.addObject().put("route", one.route()).put("takenFor", one.takenFor()).put("examples", one.examples()));
        ArrayNode overlaps = page.putArray("overlaps");
        report.overlaps().forEach(one -> overlaps.addObject().put("route", one.route()).put("text", one.text()).put("otherRoute", one.otherRoute())
                .put("otherText", one.otherText()).put("cosine", one.cosine()));
    }
}
