package dev.gatehouse.it.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A program of the chain with its log under {@code target/it-logs}. Closing it ends it, gently first. */
public final class Program implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final String name;
    private final Process process;
    private final Path log;

    private Program(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts it with these variables added to the environment. */
    public static Program start(String name, List<String> command, Map<String, String> environment) {
        try {
            Path log = Files.createDirectories(Path.of("target", "it-logs")).resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return new Program(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until this address answers 200. */
    public Program ready(URI address, Duration patience) {
        return ready(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(2)).build(), patience);
    }

    /** Waits until this request is answered with 200. */
    public Program ready(HttpRequest get, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (!answers(get)) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException(name + " is not ready at " + get.uri() + ", see " + log.toAbsolutePath());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return this;
    }

    /** Waits until it has ended by itself, with success. */
    public void finished(Duration patience) {
        if (!await((int) patience.toSeconds()) || process.exitValue() != 0) {
            throw new IllegalStateException(name + " has failed, see " + log.toAbsolutePath());
        }
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Asks it to end, as a kubelet does, and does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** Ends it at once, as a crash does. */
    public void kill() {
        process.destroyForcibly();
        await(5);
    }

    @Override
    public void close() {
        process.destroy();
        if (!await(15)) {
            kill();
        }
    }

    private boolean await(int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean answers(HttpRequest get) {
        try {
            return HTTP.send(get, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
