package dev.gatehouse.policy.source;

import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.document.Fault;
import dev.gatehouse.policy.document.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Policies of one kind and HTTPRoutes from the {@code *.yaml}, {@code *.yml} and {@code *.json} files of a folder (not of its
 * sub-folders). A change is seen by the operating system's events or, where there are none, by looking once a second; it is read when
 * the folder has stood still for {@link #QUIET}, so that half-written files are not, and swapped in as a whole. Documents of other
 * kinds are passed over.
 */
public final class FolderSource<P extends Record & Policy, C> implements PolicySource<P, C> {

    /** How long a folder must stand still before it is read. */
    public static final Duration QUIET = Duration.ofMillis(50);
    /** How often the folder is looked at when no event comes. */
    public static final Duration POLL = Duration.ofSeconds(1);

    private static final int PATIENCE = 20;

    private final Path folder;
    private final PolicyKind<P> kind;
    private final Compiler<P, C> compiler;
    private final SourceListener listener;
    private final WatchService watcher;
    private volatile Snapshot<P, C> current;
    private Library<P, C> library = Library.empty();
    private Folder seen;

    private FolderSource(Path folder, PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener) throws IOException {
        this.folder = folder;
        this.kind = kind;
        this.compiler = compiler;
        this.listener = listener;
        this.watcher = folder.getFileSystem().newWatchService();
    }

    /**
     * Reads the folder and goes on watching it on a virtual thread.
     *
     * @throws IOException when the folder cannot be read; faults in documents are in the snapshot
     */
    public static <P extends Record & Policy, C> FolderSource<P, C> open(
            Path folder, PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener) throws IOException {
        Folder.list(folder);
        FolderSource<P, C> source = new FolderSource<>(folder, kind, compiler, listener);
        folder.register(source.watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE);
        source.reload();
        Thread.ofVirtual().name("policy-folder").start(source::watch);
        return source;
    }

    @Override
    public Snapshot<P, C> current() {
        return current;
    }

    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void watch() {
        try {
            while (true) {
                WatchKey events = watcher.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
                if (events != null) {
                    events.pollEvents();
                    events.reset();
                }
                reload();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void reload() {
        try {
            readIfChanged();
        } catch (IOException e) {
            keepAll(e);
        }
    }

    /** Reads until the folder was the same before the pause and after the reading; gives up for now if it never stands still. */
    private void readIfChanged() throws IOException {
        Folder now = Folder.list(folder);
        for (int i = 0; i < PATIENCE && !now.equals(seen); i++) {
            pauseUnlessFirst();
            Folder before = now;
            Library<P, C> read = read(before);
            now = Folder.list(folder);
            if (now.equals(before) || current == null) {
                publish(read, before);
            }
        }
    }

    private void pauseUnlessFirst() {
        if (current != null) {
            LockSupport.parkNanos(QUIET.toNanos());
        }
    }

    private Library<P, C> read(Folder files) {
        Reading<P, C> reading = new Reading<>(kind, compiler, listener::passedOver);
        files.files().forEach(file -> read(reading, file));
        return reading.finish(library);
    }

    private void read(Reading<P, C> reading, Folder.Stamp file) {
        Place place = new Place(file.name(), 1, 1, "");
        if (file.size() > Folder.MAX_FILE_BYTES) {
            reading.unreadable(file.name(), place, "is longer than " + Folder.MAX_FILE_BYTES + " bytes");
            return;
        }
        try {
            reading.read(file.name(), Files.readString(file.realPath(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            reading.unreadable(file.name(), place, "cannot be read as UTF-8: " + e.getClass().getSimpleName());
        }
    }

    private void publish(Library<P, C> read, Folder now) {
        library = read;
        seen = now;
        current = read.snapshot(current == null ? 1 : current.revision() + 1);
        listener.loaded(current);
    }

    /** A folder that has gone (a volume remounted) leaves the last good state. */
    private void keepAll(IOException e) {
        Fault fault = new Fault(new Place(folder.toString(), 1, 1, ""),
                "the folder cannot be read: " + e.getClass().getSimpleName());
        if (!current.faults().contains(fault)) {
            seen = null;
            library = new Library<>(library.items(), List.of(fault), library.wrongDocuments());
            current = library.snapshot(current.revision() + 1);
            listener.loaded(current);
        }
    }
}
