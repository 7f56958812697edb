package dev.gatehouse.policy.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.Heads;
import dev.gatehouse.policy.document.Fault;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {

    @TempDir
    Path folder;

    private final BlockingQueue<Snapshot<?, ?>> published = new LinkedBlockingQueue<>();
    private FolderSource<PromptGuardPolicy, String> source;

    @AfterEach
    void close() {
        if (source != null) {
            source.close();
        }
    }

    @Test
    void aPolicyIsCompiledOnceAndResolvesToItsCompiledForm() throws Exception {
        write("guard.yaml", policy("a", "Block"));
        open();
        assertThat(source.current().resolver().resolve(Heads.post("h", "/v1"))).get()
                .extracting(resolution -> resolution.policy().compiled()).isEqualTo("a Block");
    }

    @Test
    void aChangeIsLiveAsAWhole() throws Exception {
        write("guard.yaml", policy("a", "Block"));
        open();
        write("guard.yaml", policy("a", "Report") + "---\n" + policy("b", "Block"));
        Snapshot<?, ?> next = await(snapshot -> snapshot.revision() > 1);
        assertThat(next.policies()).extracting(policy -> (Object) policy.compiled()).containsExactly("a Report", "b Block");
    }

    @Test
    void aWrongDocumentKeepsItsLastGoodStateAndSaysWhere() throws Exception {
        write("guard.yaml", policy("a", "Block") + "---\n" + policy("b", "Block"));
        open();
        write("guard.yaml", policy("a", "Blok") + "---\n" + policy("b", "Report"));
        Snapshot<?, ?> next = await(snapshot -> snapshot.revision() > 1);
        assertThat(next.policies()).extracting(policy -> (Object) policy.compiled()).containsExactlyInAnyOrder("a Block", "b Report");
        assertThat(next.faults()).extracting(Fault::toString)
                .containsExactly("guard.yaml:6:29: spec.rules[0].action: unknown value Blok; did you mean Block?");
    }

    @Test
    void aFileThatIsNoYamlKeepsAllThatCameFromIt() throws Exception {
        write("guard.yaml", policy("a", "Block") + "---\n" + policy("b", "Block"));
        open();
        write("guard.yaml", policy("a", "Report") + "---\nspec: [\n");
        Snapshot<?, ?> next = await(snapshot -> snapshot.revision() > 1);
        assertThat(next.policies()).extracting(policy -> (Object) policy.compiled()).containsExactlyInAnyOrder("a Report", "b Block");
        assertThat(next.faults()).singleElement().extracting(Fault::place).hasToString("guard.yaml:9:1");
    }

    @Test
    void aDocumentOrFileThatIsTakenAwayIsGone() throws Exception {
        write("a.yaml", policy("a", "Block"));
        write("b.yaml", policy("b", "Block"));
        open();
        Files.delete(folder.resolve("b.yaml"));
        assertThat(await(snapshot -> snapshot.revision() > 1).policies()).extracting(policy -> (Object) policy.compiled()).containsExactly("a Block");
    }

    @Test
    void anEditorsSaveByRenameIsSeen() throws Exception {
        write("guard.yaml", policy("a", "Block"));
        open();
        Path swap = Files.writeString(folder.resolve(".guard.yaml.swp"), policy("a", "Mask"));
        Files.move(swap, folder.resolve("guard.yaml"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(await(snapshot -> snapshot.revision() > 1).policies()).extracting(policy -> (Object) policy.compiled()).containsExactly("a Mask");
    }

    @Test
    void aConfigMapsSwapOfLinksIsSeenAsAWhole() throws Exception {
        mount("..2026_1", policy("a", "Block"), policy("b", "Block"));
        Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("..data/a.yaml"));
        Files.createSymbolicLink(folder.resolve("b.yaml"), Path.of("..data/b.yaml"));
        open();
        mount("..2026_2", policy("a", "Report"), policy("b", "Report"));
        assertThat(await(snapshot -> snapshot.revision() > 1).policies()).extracting(policy -> (Object) policy.compiled())
                .containsExactly("a Report", "b Report");
    }

    @Test
    void theCompilersRefusalNamesFileLineAndField() throws Exception {
        write("guard.yaml", policy("refused", "Block"));
        open();
        assertThat(source.current().policies()).isEmpty();
        assertThat(source.current().faults()).extracting(Fault::toString)
                .containsExactly("guard.yaml:6:18: spec.rules[0].name: unknown rule FOO; did you mean FOOD?");
    }

    @Test
    void aCompilerThatBreaksIsAFaultAndTheFolderIsWatchedOn() throws Exception {
        write("guard.yaml", policy("a", "Block"));
        open();
        write("guard.yaml", policy("breaks", "Block"));
        assertThat(await(snapshot -> !snapshot.faults().isEmpty()).faults()).extracting(Fault::message)
                .allMatch(message -> message.contains("cannot be compiled"));
        write("guard.yaml", policy("a", "Report"));
        assertThat(await(snapshot -> snapshot.faults().isEmpty() && snapshot.revision() > 2).policies())
                .extracting(policy -> (Object) policy.compiled()).containsExactly("a Report");
    }

    @Test
    void aSecondDocumentOfTheSameNameIsAFault() throws Exception {
        write("a.yaml", policy("a", "Block"));
        write("b.yaml", policy("a", "Report"));
        open();
        assertThat(source.current().policies()).extracting(policy -> (Object) policy.compiled()).containsExactly("a Block");
        assertThat(source.current().faults()).extracting(Fault::toString)
                .containsExactly("b.yaml:1:1: PromptGuardPolicy default/a is already defined in a.yaml:1");
    }

    @Test
    void anotherServicesKindIsPassedOverButAMisspeltKindIsNot() throws Exception {
        write("a.yaml", "apiVersion: gatehouse.dev/v1alpha1\nkind: FailoverPolicy\nmetadata: {name: f}\n");
        write("b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: f}\n");
        write("c.yaml", policy("a", "Block").replace("PromptGuardPolicy", "PromptGardPolicy"));
        write("d.yaml", "apiVersion: v1\nkind: List\nitems: []\n");
        write("e.txt", "nothing");
        open();
        assertThat(source.current().faults()).extracting(Fault::toString).containsExactly(
                "c.yaml:2:7: kind: unknown kind PromptGardPolicy; did you mean PromptGuardPolicy?",
                "d.yaml:2:7: kind: is a list; write its items as documents, with --- between them");
    }

    @Test
    void aFolderThatGoesAwayLeavesTheLastGoodState() throws Exception {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.writeString(inner.resolve("guard.yaml"), policy("a", "Block"));
        source = FolderSource.open(inner, PromptGuardPolicy.KIND, FolderSourceTest::compile, listener());
        Files.move(inner, folder.resolve("gone"));
        Snapshot<?, ?> next = await(snapshot -> !snapshot.faults().isEmpty());
        assertThat(next.policies()).hasSize(1);
        Files.move(folder.resolve("gone"), inner);
        assertThat(await(snapshot -> snapshot.faults().isEmpty() && snapshot.revision() > next.revision()).policies()).hasSize(1);
    }

    private void open() throws IOException {
        source = FolderSource.open(folder, PromptGuardPolicy.KIND, FolderSourceTest::compile, listener());
    }

    private SourceListener listener() {
        return new SourceListener() {
            @Override
            public void loaded(Snapshot<?, ?> snapshot) {
                published.add(snapshot);
            }
        };
    }

    private static String compile(PromptGuardPolicy policy) {
        if (policy.metadata().name().equals("refused")) {
            throw InvalidField.unknown("spec.rules[0].name", "rule", "FOO", List.of("FOOD", "BAR"));
        }
        if (policy.metadata().name().equals("breaks")) {
            throw new IllegalStateException("a fault of the compiler");
        }
        return policy.metadata().name() + " " + policy.spec().rules().getFirst().action();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private void mount(String version, String a, String b) throws IOException {
        Path data = Files.createDirectory(folder.resolve(version));
        Files.writeString(data.resolve("a.yaml"), a);
        Files.writeString(data.resolve("b.yaml"), b);
        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(version));
        Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private Snapshot<?, ?> await(Predicate<Snapshot<?, ?>> condition) throws InterruptedException {
        while (true) {
            Snapshot<?, ?> next = published.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("a snapshot within 10 s").isNotNull();
            if (condition.test(next)) {
                return next;
            }
        }
    }

    private static String policy(String name, String action) {
        return """
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: %s}
                spec:
                  targetRefs: [{kind: Gateway, name: "*"}]
                  rules: [{name: r, action: %s, signatures: {}}]
                """.formatted(name, action);
    }
}
