package dev.gatehouse.policy.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.source.FolderSource;
import dev.gatehouse.policy.source.SourceListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyStatusTest {

    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: chat}
            spec: {parentRefs: [{name: edge}]}
            ---
            """;

    @TempDir
    Path folder;

    @Test
    void aValidPolicyIsAcceptedAndProgrammed() throws IOException {
        assertThat(status(policy("a", "chat", "Block"))).isEqualTo("default/a true Accepted, true Programmed");
    }

    @Test
    void theYoungerOfTwoWithOneTargetIsConflicted() throws IOException {
        assertThat(status(policy("a", "chat", "Block") + "---\n" + policy("b", "chat", "Block")))
                .isEqualTo("default/a true Accepted, true Programmed; default/b false Conflicted, false NotProgrammed");
    }

    @Test
    void aPolicyWhoseRouteIsNotThereHasNoTarget() throws IOException {
        assertThat(status(policy("a", "chatt", "Block"))).isEqualTo("default/a false TargetNotFound, false NotProgrammed");
    }

    @Test
    void aPolicyThatWasNeverValidIsShownWithItsFault() throws IOException {
        assertThat(status(policy("a", "chat", "Blok"))).isEqualTo("default/a false Invalid, false NotProgrammed");
    }

    private String status(String policies) throws IOException {
        Files.writeString(folder.resolve("all.yaml"), ROUTE + policies);
        try (var source = FolderSource.open(folder, PromptGuardPolicy.KIND, policy -> policy, SourceListener.NONE)) {
            return String.join("; ", PolicyStatus.of(source.current()).stream().map(PolicyStatusTest::line).toList());
        }
    }

    private static String line(PolicyStatus status) {
        return status.qualifiedName() + " " + status.accepted().status() + " " + status.accepted().reason() + ", "
                + status.programmed().status() + " " + status.programmed().reason();
    }

    private static String policy(String name, String route, String action) {
        return """
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: %s}
                spec:
                  targetRefs: [{kind: HTTPRoute, name: %s}]
                  rules: [{name: r, action: %s, signatures: {}}]
                """.formatted(name, route, action);
    }
}
