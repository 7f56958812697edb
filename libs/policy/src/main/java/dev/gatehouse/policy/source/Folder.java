package dev.gatehouse.policy.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a folder as they stand at one moment, without their content; two that are equal mean that nothing has changed.
 * Links are followed, as Kubernetes mounts a ConfigMap through them.
 */
record Folder(List<Stamp> files) {

    /** The longest file that is read, in bytes. */
    static final long MAX_FILE_BYTES = 8 << 20;

    private static final Set<String> ENDINGS = Set.of("yaml", "yml", "json");

    /** What tells one state of a file from another. */
    record Stamp(String name, Path realPath, Object inode, long size, FileTime modified) {}

    /** @throws IOException when the folder cannot be listed */
    static Folder list(Path folder) throws IOException {
        List<Stamp> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.filter(Folder::isDocument).sorted().toList()) {
                files.add(stamp(file));
            }
        }
        return new Folder(files);
    }

    private static Stamp stamp(Path file) throws IOException {
        Path real = file.toRealPath();
        BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
        return new Stamp(file.getFileName().toString(), real, String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
    }

    /** Hidden files are editors' and Kubernetes' own business. */
    private static boolean isDocument(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(file);
    }
}
