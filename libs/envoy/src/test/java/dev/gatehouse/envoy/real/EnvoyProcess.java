package dev.gatehouse.envoy.real;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Envoy with a static configuration. */
final class EnvoyProcess implements AutoCloseable {

    private final Process process;

    EnvoyProcess(String binary, String config, int adminPort) throws Exception {
        Path folder = Files.createTempDirectory("gatehouse-envoy");
        Path file = Files.writeString(folder.resolve("envoy.yaml"), config);
        String level = System.getenv().getOrDefault("GATEHOUSE_ENVOY_LOG", "error");
        process = new ProcessBuilder(List.of(binary, "-c", file.toString(), "--use-dynamic-base-id", "-l", level, "--concurrency", "2"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("envoy.log").toFile())
                .start();
        awaitReady(adminPort, folder);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private void awaitReady(int adminPort, Path folder) throws Exception {
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/ready")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int attempt = 0; process.isAlive() && attempt < 1_000; attempt++) {
                try {
                    if (client.send(ready, BodyHandlers.ofString()).body().startsWith("LIVE")) {
                        return;
                    }
                } catch (IOException notYet) {
                    Thread.onSpinWait();
                }
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
        throw new IllegalStateException("Envoy did not start: " + Files.readString(folder.resolve("envoy.log")));
    }
}
