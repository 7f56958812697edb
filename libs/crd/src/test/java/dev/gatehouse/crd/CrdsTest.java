package dev.gatehouse.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void chartAndReferenceHaveWhatTheRecordsSay() throws IOException {
        assertThat(inTheRepository())
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
        crds().forEach(yaml -> {
            JsonNode schema = Yaml.documents(yaml).getFirst().at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
            assertThat(schema.path("properties").size()).isGreaterThan(1);
            assertThat(undescribed(schema, "spec")).isEmpty();
        });
    }

    /** The chart's templates are read by Helm first. */
    @Test
    void nothingInThemIsATemplate() {
        crds().forEach(yaml -> assertThat(yaml).doesNotContain("{{"));
    }

    private static Map<Path, String> inTheRepository() throws IOException {
        Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> chart = Files.list(Crds.folder(REPOSITORY))) {
            for (Path file : Stream.concat(chart, Stream.of(REPOSITORY.resolve(Path.of("docs", "policy-reference.md")))).toList()) {
                files.put(file, Files.readString(file));
            }
        }
        return files;
    }

    private static List<String> crds() {
        return Crds.files(REPOSITORY).entrySet().stream().filter(file -> file.getKey().startsWith(Crds.folder(REPOSITORY))).map(Map.Entry::getValue).toList();
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
