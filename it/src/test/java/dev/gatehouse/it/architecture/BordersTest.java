package dev.gatehouse.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.gatehouse.text.Detector;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each module may know, as the design's code layout says. */
class BordersTest {

    private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(List.of(
            Path.of("../libs/exchange/target/classes"), Path.of("../libs/envoy/target/classes"), Path.of("../libs/llm/target/classes"),
            Path.of("../libs/tokens/target/classes"),
            Path.of("../libs/text/target/classes"), Path.of("../libs/policy/target/classes"), Path.of("../libs/state/target/classes"),
            Path.of("../libs/kubernetes/target/classes"), Path.of("../libs/cel/target/classes"), Path.of("../libs/detection/target/classes"),
            Path.of("../libs/embedding/target/classes"), Path.of("../libs/service/target/classes"),
            Path.of("../services/guard/target/classes"), Path.of("../services/ratelimit/target/classes"),
            Path.of("../services/response-risk/target/classes"), Path.of("../services/cache/target/classes"),
            Path.of("../services/semantic-router/target/classes")));

    @Test
    void theNeutralExchangeDependsOnNothingButTheJdk() {
        classes().that().resideInAPackage("dev.gatehouse.exchange..")
                .should().onlyDependOnClassesThat().resideInAnyPackage("dev.gatehouse.exchange..", "java..", "javax.crypto..")
                .check(CLASSES);
    }

    @Test
    void protobufTypesOfEnvoyStayInLibsEnvoy() {
        noClasses().that().resideOutsideOfPackage("dev.gatehouse.envoy..")
                .should().dependOnClassesThat().resideInAnyPackage("io.envoyproxy..", "com.google.protobuf..")
                .check(CLASSES);
    }

    @Test
    void redisClientsStayInLibsState() {
        noClasses().that().resideOutsideOfPackage("dev.gatehouse.state..")
                .should().dependOnClassesThat().resideInAnyPackage("io.vertx.redis..", "io.quarkus.redis..")
                .check(CLASSES);
    }

    @Test
    void kubernetesClientsStayInLibsKubernetes() {
        noClasses().that().resideOutsideOfPackage("dev.gatehouse.kubernetes..")
                .should().dependOnClassesThat().resideInAnyPackage("io.fabric8.kubernetes..")
                .check(CLASSES);
        noClasses().that().resideInAPackage("dev.gatehouse.kubernetes..")
                .should().dependOnClassesThat().resideInAnyPackage("dev.gatehouse.service..", "dev.gatehouse.envoy..", "dev.gatehouse.llm..")
                .check(CLASSES);
    }

    /** Optional in libs/state: a service that keeps no vectors does not carry it. */
    @Test
    void luceneStaysWhereVectorsAreKept() {
        noClasses().that().resideOutsideOfPackage("dev.gatehouse.state.vector..")
                .should().dependOnClassesThat().resideInAnyPackage("org.apache.lucene..")
                .check(CLASSES);
    }

    @Test
    void detectorsKnowNothingOfHttpProvidersOrPolicies() {
        noClasses().that().resideInAPackage("dev.gatehouse.text..")
                .should().dependOnClassesThat().resideInAnyPackage("dev.gatehouse.exchange..", "dev.gatehouse.llm..",
                        "dev.gatehouse.policy..", "dev.gatehouse.envoy..", "io.quarkus..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void vocabulariesStayInLibsTokens() {
        noClasses().that().resideOutsideOfPackage("dev.gatehouse.tokens..")
                .should().dependOnClassesThat().resideInAnyPackage("com.knuddels..")
                .check(CLASSES);
    }

    @Test
    void modelsAreAskedInThreePlacesAndEncodersKnowNoPolicyAndNoStore() {
        noClasses().that().resideOutsideOfPackages("dev.gatehouse.embedding..", "dev.gatehouse.risk.moderation..",
                        "dev.gatehouse.router.external..")
                .should().dependOnClassesThat().resideInAnyPackage("dev.langchain4j..", "ai.onnxruntime..")
                .check(CLASSES);
        noClasses().that().resideOutsideOfPackages("dev.gatehouse.embedding..", "dev.gatehouse.ratelimit.tokenizer..")
                .should().dependOnClassesThat().resideInAnyPackage("ai.djl..")
                .check(CLASSES);
        noClasses().that().resideInAPackage("dev.gatehouse.embedding..")
                .should().dependOnClassesThat().resideInAnyPackage("dev.gatehouse.policy..", "dev.gatehouse.state..", "dev.gatehouse.envoy..",
                        "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void librariesAreFreeOfQuarkusExceptTheServiceLibrary() {
        noClasses().that().resideInAnyPackage("dev.gatehouse.exchange..", "dev.gatehouse.envoy..", "dev.gatehouse.llm..",
                        "dev.gatehouse.text..", "dev.gatehouse.tokens..", "dev.gatehouse.policy..", "dev.gatehouse.state..",
                        "dev.gatehouse.cel..", "dev.gatehouse.detection..", "dev.gatehouse.embedding..", "dev.gatehouse.kubernetes..")
                .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "jakarta..")
                .check(CLASSES);
    }

    @Test
    void onlyTheWiringOfAServiceKnowsTheContainer() {
        noClasses().that().resideInAPackage("dev.gatehouse.guard..").and().resideOutsideOfPackage("dev.gatehouse.guard.wiring..")
                .should().dependOnClassesThat().resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void onlyTheWiringOfTheRateLimitKnowsTheContainer() {
        noClasses().that().resideInAPackage("dev.gatehouse.ratelimit..").and().resideOutsideOfPackage("dev.gatehouse.ratelimit.wiring..")
                .should().dependOnClassesThat().resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void onlyTheWiringOfResponseRiskKnowsTheContainer() {
        noClasses().that().resideInAPackage("dev.gatehouse.risk..").and().resideOutsideOfPackage("dev.gatehouse.risk.wiring..")
                .should().dependOnClassesThat().resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void onlyTheWiringOfTheCacheKnowsTheContainer() {
        noClasses().that().resideInAPackage("dev.gatehouse.cache..").and().resideOutsideOfPackage("dev.gatehouse.cache.wiring..")
                .should().dependOnClassesThat().resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void onlyTheWiringOfTheSemanticRouterKnowsTheContainer() {
        noClasses().that().resideInAPackage("dev.gatehouse.router..").and().resideOutsideOfPackage("dev.gatehouse.router.wiring..")
                .should().dependOnClassesThat().resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void answersAreJudgedAndSchemasReadInOnePlaceEach() {
        noClasses().that().resideInAPackage("dev.gatehouse.risk.dryrun..")
                .should().dependOnClassesThat().areAssignableTo(Detector.class)
                .orShould().dependOnClassesThat().resideInAnyPackage("dev.gatehouse.text.*..")
                .because("a dry run that calls detectors itself would be a second code path")
                .check(CLASSES);
        noClasses().that().resideOutsideOfPackage("dev.gatehouse.risk.schema..")
                .should().dependOnClassesThat().resideInAnyPackage("com.networknt..").check(CLASSES);
    }

    @Test
    void expressionsAreCompiledInOneLibraryThatKnowsNoRequest() {
        noClasses().that().resideOutsideOfPackage("dev.gatehouse.cel..").should().dependOnClassesThat().resideInAPackage("dev.cel..")
                .check(CLASSES);
        noClasses().that().resideInAPackage("dev.gatehouse.cel..")
                .should().dependOnClassesThat().resideInAnyPackage("dev.gatehouse.exchange..", "dev.gatehouse.policy..", "dev.gatehouse.llm..")
                .check(CLASSES);
    }

    @Test
    void dryRunAndLiveTrafficJudgeThroughTheSameClass() {
        noClasses().that().resideInAPackage("dev.gatehouse.guard.dryrun..")
                .should().dependOnClassesThat().areAssignableTo(Detector.class)
                .orShould().dependOnClassesThat().resideInAnyPackage("dev.gatehouse.text.*..")
                .because("a dry run that calls detectors itself would be a second code path")
                .check(CLASSES);
    }

    /** Live traffic, dry run and simulation ask {@code SemanticCache}; who judges, decides or searches beside it is a second way. */
    @Test
    void theCacheIsLookedUpInOneWay() {
        String tier = "dev.gatehouse.cache.tier..";
        noClasses().that().resideInAPackage("dev.gatehouse.cache..").and().resideOutsideOfPackages(tier, "dev.gatehouse.cache.verify..", "dev.gatehouse.cache.bound..")
                .should().callMethod("dev.gatehouse.cache.verify.Verifier", "judge", "java.util.List")
                .orShould().callMethod("dev.gatehouse.cache.bound.Bound", "decide", "dev.gatehouse.cache.bound.Pool", "java.lang.String",
                        "dev.gatehouse.cache.bound.Candidate")
                .orShould().callMethod("dev.gatehouse.state.vector.Stock", "get", "dev.gatehouse.state.Key", "dev.gatehouse.state.Key")
                .orShould().callMethod("dev.gatehouse.state.vector.Stock", "nearest", "dev.gatehouse.state.Key", "dev.gatehouse.state.Key",
                        "dev.gatehouse.exchange.Int8Vector", "int")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.gatehouse.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
