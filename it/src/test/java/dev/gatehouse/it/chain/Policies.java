package dev.gatehouse.it.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes the configuration folder of a chain. */
public final class Policies {

    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: all}
            spec:
              parentRefs: [{name: local}]
            """;

    private Policies() {}

    /** One route for everything, and one policy on it with this spec (YAML, without targetRefs). */
    public static Path one(String name, String spec) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", name + "-config"));
        Files.writeString(folder.resolve("route.yaml"), ROUTE);
        write(folder, name, spec);
        return folder;
    }

    /** Writes (or writes again) the policy in such a folder. */
    public static void write(Path folder, String name, String spec) throws IOException {
        String head = """
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: %s}
                spec:
                  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: all}]
                """.formatted(name);
        Path partial = folder.resolve(".policy.yaml.tmp");
        Files.writeString(partial, head + spec.indent(2));
        Files.move(partial, folder.resolve("policy.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }
}
