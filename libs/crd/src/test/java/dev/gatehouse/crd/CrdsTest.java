package dev.gatehouse.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code -Dcrds.write=true} writes the CRDs anew. */
class CrdsTest {

    private static final Path REPOSITORY = Path.of("..", "..");

    @BeforeAll
    static void write() throws IOException {
        if (Boolean.getBoolean("crds.write")) {
            Crds.main(new String[] {REPOSITORY.toString()});
        }
    }

    @Test
    void theChartHasWhatTheRecordsSay() throws IOException {
        assertThat(inTheChart())
                .as("write them anew: ./mvnw -q -pl libs/crd -am test -Dtest=CrdsTest -Dcrds.write=true -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(Crds.files(REPOSITORY));
    }

    @Test
    void everyKindThatExistsHasACrd() {
        assertThat(Definition.ALL).extracting(Definition::kind)
                .containsExactlyInAnyOrderElementsOf(PolicyKind.NAMES.stream().filter(name -> !name.equals("FailoverPolicy")).toList());
    }

    @Test
    void everyFieldIsDescribed() {
        Crds.files(REPOSITORY).values().forEach(yaml -> {
            JsonNode schema = Yaml.documents(yaml).getFirst().at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
            assertThat(schema.path("properties").size()).isGreaterThan(1);
            assertThat(undescribed(schema, "spec")).isEmpty();
        });
    }

    /** The chart's templates are read by Helm first. */
    @Test
    void nothingInThemIsATemplate() {
        Crds.files(REPOSITORY).values().forEach(yaml -> assertThat(yaml).doesNotContain("{{"));
    }

    private static Map<String, String> inTheChart() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(Crds.folder(REPOSITORY))) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    /** Paths of a schema's members without a description. */
    private static Stream<String> undescribed(JsonNode schema, String path) {
        Stream<String> members = schema.path("properties").properties().stream().flatMap(member -> {
            String memberPath = path + "." + member.getKey();
            Stream<String> own = member.getValue().has("description") ? Stream.empty() : Stream.of(memberPath);
            return Stream.concat(own, undescribed(member.getValue(), memberPath));
        });
        return Stream.of("items", "additionalProperties").map(schema::path).filter(JsonNode::isObject).map(element -> undescribed(element, path + "[]"))
                .reduce(members, Stream::concat);
    }
}
