package dev.gatehouse.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.document.DocumentException;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.testbed.kubernetes.Api;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One validation, two sources, the same verdict: every example and every wrong document, as a file and applied to a real API server
 * (server-side, as a dry run).
 */
class CrdVerdictsKubernetesTest {

    private static KubernetesApi api;

    @BeforeAll
    static void start() {
        api = KubernetesApi.require();
        api.namespace("default");
    }

    @Test
    void everyExampleIsTakenByBoth() throws IOException {
        List<Example> examples = Example.all();
        assertThat(examples).hasSizeGreaterThan(100);
        examples.stream().map(example -> example.object().at("/metadata/namespace").asText()).filter(name -> !name.isEmpty()).distinct()
                .forEach(api::namespace);
        assertThat(atOnce(examples, CrdVerdictsKubernetesTest::refusedAlthoughRight)).isEmpty();
    }

    @Test
    void everyWrongDocumentIsRefusedByBothWithAMessageThatNamesTheField() throws IOException {
        List<WrongDocument> wrong = WrongDocument.all();
        assertThat(wrong).hasSizeGreaterThan(250);
        assertThat(atOnce(wrong, CrdVerdictsKubernetesTest::differentVerdict)).isEmpty();
    }

    /** What a schema cannot know, and nothing else; the policy's status then says Accepted=False with the reason Invalid. */
    @Test
    void whatOnlyTheReaderKnowsIsListed() throws IOException {
        assertThat(WrongDocument.all().stream().filter(WrongDocument::isForTheReader).map(WrongDocument::because).distinct())
                .containsExactlyInAnyOrder(
                        "a regular expression's syntax", "what a regular expression matches", "how many groups a regular expression has",
                        "decimals of a number", "names of members", "whether a target names a candidate",
                        "prices of two models that a target names", "a list of header names that a regular expression cannot leave out");
    }

    /** It stands for every request, in a folder, where there are no Gateways to name. */
    @Test
    void theGatewayNamedWithAStarIsForFoldersAlone() {
        JsonNode policy = Yaml.documents("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: SemanticCachePolicy
                metadata: {name: example, namespace: default}
                spec: {targetRefs: [{kind: Gateway, name: "*"}]}
                """).getFirst();
        assertThat(read(policy)).isEmpty();
        assertThat(api.tryApply(policy, "?dryRun=All").message()).contains("spec.targetRefs[0].name");
    }

    @Test
    void aStatusOfGep713IsTakenWithAtMostSixteenAncestors() {
        api.apply("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: SemanticCachePolicy
                metadata: {name: stands, namespace: default}
                spec: {targetRefs: [{kind: HTTPRoute, name: chat}]}
                """);
        String path = "/apis/gatehouse.dev/v1alpha1/namespaces/default/semanticcachepolicies/stands/status";
        assertThat(api.admin().merge(path, status(16)).message()).isEmpty();
        assertThat(api.admin().merge(path, status(17)).message()).contains("status.ancestors");
    }

    private static String status(int ancestors) {
        return IntStream.range(0, ancestors).mapToObj(index -> """
                {"ancestorRef": {"name": "gateway-%d"}, "controllerName": "gatehouse.dev/cache", "conditions": [{"type": "Accepted", "status": "True",
                 "reason": "Accepted", "message": "", "observedGeneration": 1, "lastTransitionTime": "2026-11-28T10:00:00Z"}]}""".formatted(index))
                .collect(Collectors.joining(",", "{\"status\": {\"ancestors\": [", "]}}"));
    }

    private static Optional<String> refusedAlthoughRight(Example example) {
        Api.Answer answer = api.tryApply(example.object(), "?dryRun=All");
        if (!answer.isOk()) {
            return Optional.of(example.from() + ", by the API server: " + answer.message());
        }
        return read(example.object()).or(() -> read(answer.body())).map(fault -> example.from() + ", by the reader: " + fault);
    }

    private static Optional<String> differentVerdict(WrongDocument wrong) {
        Optional<String> fault = read(wrong.object());
        Api.Answer answer = api.tryApply(wrong.object(), "?dryRun=All");
        if (fault.filter(wrong::names).isEmpty()) {
            return Optional.of(wrong + ", by the reader: " + fault.orElse("taken"));
        } else if (wrong.isForTheReader()) {
            boolean same = answer.isOk() && read(answer.body()).filter(wrong::names).isPresent();
            return same ? Optional.empty() : Optional.of(wrong + ", by the API server: " + answer.message() + ", as it gives it back: " + read(answer.body()));
        }
        return wrong.names(answer.message()) ? Optional.empty() : Optional.of(wrong + ", by the API server: " + answer.message());
    }

    /** What the reader has against it; its metadata are without what only a server adds. */
    private static Optional<String> read(JsonNode object) {
        ObjectNode document = object.deepCopy();
        document.remove("status");
        ((ObjectNode) document.path("metadata")).retain("name", "namespace", "uid", "creationTimestamp", "generation");
        Class<? extends Record> type = Definition.ALL.stream().filter(each -> each.kind().equals(object.path("kind").asText())).findFirst().orElseThrow().type();
        try {
            Documents.object("default/example", document.toString()).bind(type);
            return Optional.empty();
        } catch (DocumentException e) {
            return Optional.of(e.fault().toString());
        }
    }

    private static <T> List<String> atOnce(List<T> items, Function<T, Optional<String>> check) {
        List<Future<Optional<String>>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            items.forEach(item -> all.add(threads.submit(() -> check.apply(item))));
        }
        return all.stream().map(Future::resultNow).flatMap(Optional::stream).toList();
    }
}
