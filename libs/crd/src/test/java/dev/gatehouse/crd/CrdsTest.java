package dev.gatehouse.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.PolicyKind;
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
        Crds.files(REPOSITORY).values().forEach(yaml -> assertThat(undescribed(yaml)).isEmpty());
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

    /** Members of a schema without a description: their name's line is followed by that of another keyword. */
    private static List<String> undescribed(String yaml) {
        List<String> lines = yaml.lines().toList();
        return Stream.iterate(0, i -> i + 1).limit(lines.size() - 1)
                .filter(i -> lines.get(i).matches(" {14,}[a-zA-Z]+:") && isMember(lines, i) && !lines.get(i + 1).strip().startsWith("description:"))
                .map(lines::get).toList();
    }

    private static boolean isMember(List<String> lines, int index) {
        String indent = lines.get(index).replaceAll("\\S.*", "");
        for (int i = index; i >= 0; i--) {
            String line = lines.get(i);
            if (!line.startsWith(indent)) {
                return line.strip().equals("properties:");
            }
        }
        return false;
    }
}
