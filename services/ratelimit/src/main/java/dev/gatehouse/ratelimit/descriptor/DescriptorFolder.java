package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.envoy.ratelimit.config.DomainConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Configuration files of a folder and of its sub-folders, each with one domain. The folder is looked at twice a second, links followed,
 * and read again when anything in it has changed.
 */
public final class DescriptorFolder implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final long MAX_FILE_BYTES = 16 << 20;

    private record Stamp(Path file, Path realPath, String inode, long size, FileTime modified) {}

    private final Path folder;
    private final boolean hidden;
    private final LiveConfiguration configuration;
    private final Consumer<String> faults;
    private final Thread watcher;
    private List<Stamp> seen = List.of();

    /**
     * Reads the folder and goes on watching it.
     *
     * @param hidden whether files with a dot before their name are read; those of Kubernetes' own, with two, never are
     * @param faults told what is wrong, once for each change
     */
    public DescriptorFolder(Path folder, boolean hidden, LiveConfiguration configuration, Consumer<String> faults) {
        this.folder = folder;
        this.hidden = hidden;
        this.configuration = configuration;
        this.faults = faults;
        readIfChanged(true);
        watcher = Thread.ofVirtual().name("descriptor-folder").start(this::watch);
    }

    @Override
    public void close() {
        watcher.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(POLL);
                readIfChanged(false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A folder that is not there has no files: where nothing was loaded yet this is the empty configuration. */
    private void readIfChanged(boolean first) {
        try {
            List<Stamp> now = Files.isDirectory(folder) ? list() : List.of();
            if (first || !now.equals(seen) && !now.isEmpty()) {
                seen = now;
                configuration.load(() -> now.stream().map(this::read).toList()).ifPresent(faults);
            }
        } catch (IOException e) {
            faults.accept(folder + ": cannot be listed: " + e.getClass().getSimpleName());
        }
    }

    private List<Stamp> list() throws IOException {
        List<Stamp> files = new ArrayList<>();
        try (Stream<Path> entries = Files.find(folder, 16, (path, attributes) -> isConfiguration(path))) {
            for (Path file : entries.sorted().toList()) {
                Path real = file.toRealPath();
                BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
                files.add(new Stamp(file, real, String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime()));
            }
        }
        return files;
    }

    private boolean isConfiguration(Path path) {
        for (Path part : folder.relativize(path)) {
            if (part.toString().startsWith(hidden ? ".." : ".")) {
                return false;
            }
        }
        return Files.isRegularFile(path);
    }

    private DomainConfig read(Stamp file) {
        String name = folder.relativize(file.file()).toString();
        if (file.size() > MAX_FILE_BYTES) {
            throw new InvalidConfig(name, "is longer than " + MAX_FILE_BYTES + " bytes");
        }
        try {
            return DescriptorYaml.read(name, Files.readString(file.realPath(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new InvalidConfig(name, "cannot be read as UTF-8: " + e.getClass().getSimpleName());
        }
    }
}
