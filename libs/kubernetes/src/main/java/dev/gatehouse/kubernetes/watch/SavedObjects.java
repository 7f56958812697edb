package dev.gatehouse.kubernetes.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last good state of objects on disk, one file for each kind, one object a line; what a service starts with when the API server is
 * away. Only the process's own user may read the files.
 */
public final class SavedObjects {

    private final Path folder;
    private final ConcurrentHashMap<String, List<String>> saved = new ConcurrentHashMap<>();

    /** @param folder is made when it is not there */
    public SavedObjects(Path folder) {
        this.folder = folder;
    }

    /** The texts of that kind; none when nothing was saved. */
    public List<String> read(String kind) {
        Path file = file(kind);
        try {
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("the saved objects cannot be read: " + file, e);
        }
    }

    /** Whether something of that kind was saved, even that there was none. */
    public boolean has(String kind) {
        return Files.exists(file(kind));
    }

    /** Replaces what was saved of that kind, if it is something else. */
    public void write(String kind, List<String> texts) {
        if (!texts.equals(saved.put(kind, texts))) {
            try {
                replace(file(kind), texts);
            } catch (IOException e) {
                saved.remove(kind);
                throw new UncheckedIOException("the objects cannot be saved: " + file(kind), e);
            }
        }
    }

    /** As a whole or not at all: a process that dies in between leaves the old file. */
    private void replace(Path file, List<String> texts) throws IOException {
        Files.createDirectories(folder);
        Path next = Files.createTempFile(folder, ".saved", ".tmp", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(next, texts, StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file(String kind) {
        return folder.resolve(kind + ".jsonl");
    }
}
