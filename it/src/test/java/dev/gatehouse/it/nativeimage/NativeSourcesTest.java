package dev.gatehouse.it.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code native-image} would be told about each service. A class or a resource that it is not told of is missing at run time only,
 * where no test of the JVM can see it.
 */
class NativeSourcesTest {

    private static final String WHY_NOT = "GATEHOUSE_NATIVE_SOURCES is not set: './gatehouse test native' builds what this reads";

    /** Quarkus names these where they are not: one is another JVM's, the other only its build's. */
    private static final Set<String> ABSENT_BY_QUARKUS =
            Set.of("com.ibm.lang.management.OperatingSystemMXBean", "io.quarkus.deployment.pkg.jar.JarTypeDefaultValueConfigInterceptor");

    @BeforeAll
    static void nativeSourcesWereBuilt() {
        assumeTrue("built".equals(System.getenv("GATEHOUSE_NATIVE_SOURCES")), WHY_NOT);
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyClassThatIsRegisteredExists(Path service) throws IOException {
        try (NativeSources sources = open(service)) {
            assertThat(sources.reflectiveByUs()).as("registered for reflection in %s", service).isNotEmpty()
                    .filteredOn(name -> !exists(sources, name) && !ABSENT_BY_QUARKUS.contains(name)).as("registered in %s, but in no jar of it", service).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyResourcePatternOfOursMatchesSomething(Path service) throws IOException {
        try (NativeSources sources = open(service)) {
            List<String> resources = sources.resources();
            assertThat(sources.resourcePatternsOfOurLibraries()).isNotEmpty()
                    .filteredOn(pattern -> resources.stream().noneMatch(name -> pattern.matcher(name).matches()))
                    .as("resource patterns that match nothing in %s", service).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyResourceOfOursIsTakenIn(Path service) throws IOException {
        try (NativeSources sources = open(service)) {
            assertThat(sources.ourResources())
                    .filteredOn(name -> !name.endsWith(".proto") && !isTakenIn(sources, name))
                    .as("resources of ours in %s that no resource-config.json names", service).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void theMetadataOfPhoneNumbersIsTakenIn(Path service) throws IOException {
        try (NativeSources sources = open(service)) {
            List<String> metadata = sources.resources().stream().filter(name -> name.startsWith("com/google/i18n/phonenumbers/data/")).toList();
            assumeFalse(metadata.isEmpty(), service + " reads no phone numbers");
            assertThat(metadata).anyMatch(name -> name.endsWith("PhoneNumberMetadataProto_GB"))
                    .allMatch(name -> isTakenIn(sources, name), "is taken in");
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyRecordAndEnumOfAPolicyIsRegistered(Path service) throws Exception {
        try (NativeSources sources = open(service)) {
            assertRegistered(sources, Reachable.inDocuments(Set.of(sources.load("dev.gatehouse.policy.guard.PromptGuardPolicy"),
                    sources.load("dev.gatehouse.policy.limit.TokenRateLimitPolicy"), sources.load("dev.gatehouse.policy.limit.TokenRateLimitOverride"),
                    sources.load("dev.gatehouse.policy.route.HttpRoute"))), service);
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyMessageFromAndToEnvoyIsRegistered(Path service) throws Exception {
        try (NativeSources sources = open(service)) {
            Class<?> message = sources.load("com.google.protobuf.Message");
            TreeSet<String> needed = new TreeSet<>();
            for (String root : List.of("io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest",
                    "io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse", "io.envoyproxy.envoy.service.auth.v3.CheckRequest",
                    "io.envoyproxy.envoy.service.auth.v3.CheckResponse", "com.google.protobuf.Struct",
                    "io.grpc.reflection.v1.ServerReflectionRequest", "io.grpc.reflection.v1.ServerReflectionResponse",
                    "grpc.health.v1.HealthOuterClass$HealthCheckRequest", "grpc.health.v1.HealthOuterClass$HealthCheckResponse")) {
                needed.addAll(Reachable.inMessages(sources.load(root), message));
            }
            assertRegistered(sources, needed, service);
        }
    }

    private static void assertRegistered(NativeSources sources, Set<String> needed, Path service) {
        assertThat(needed).hasSizeGreaterThan(10);
        assertThat(sources.reflective()).as("registered for reflection in %s", service).containsAll(needed);
    }

    private static boolean isTakenIn(NativeSources sources, String resource) {
        return sources.resourcePatterns().stream().map(Pattern::asMatchPredicate).anyMatch(pattern -> pattern.test(resource));
    }

    private static boolean exists(NativeSources sources, String name) {
        try {
            sources.load(name);
            return true;
        } catch (ClassNotFoundException | LinkageError missing) {
            return false;
        }
    }

    private static NativeSources open(Path service) throws IOException {
        return NativeSources.open(service.resolve("target/native-sources"));
    }

    private static List<Path> services() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("../services"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).sorted().toList();
        }
    }
}
