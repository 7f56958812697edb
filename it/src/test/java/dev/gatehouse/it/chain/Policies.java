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

    /** One route for everything, and one guard policy on it with this spec (YAML, without targetRefs). */
    public static Path one(String name, String spec) throws IOException {
        Path folder = routes(name);
        write(folder, name, spec);
        return folder;
    }

    /** A new folder with one route for everything. */
    public static Path routes(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", name + "-config"));
        Files.writeString(folder.resolve("route.yaml"), ROUTE);
        return folder;
    }

    /** Writes (or writes again) the guard policy in such a folder. */
    public static void write(Path folder, String name, String spec) throws IOException {
        write(folder, "PromptGuardPolicy", name, spec);
    }

    /** Writes (or writes again) the policy of a kind in such a folder. */
    public static void write(Path folder, String kind, String name, String spec) throws IOException {
        String head = """
                apiVersion: gatehouse.dev/v1alpha1
                kind: %s
                metadata: {name: %s}
                spec:
                  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: all}]
                """.formatted(kind, name);
        Path partial = folder.resolve("." + kind + ".tmp");
        Files.writeString(partial, head + spec.indent(2));
        Files.move(partial, folder.resolve(kind + ".yaml"), StandardCopyOption.REPLACE_EXISTING);
    }
}
