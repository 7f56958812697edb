package dev.gatehouse.it.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code native-sources} of one service: the runner jar and {@code lib/} that {@code native-image} would read, and the metadata
 * in them, in the file formats of GraalVM's Reachability Metadata ({@code reflect-config.json}, {@code resource-config.json}).
 */
final class NativeSources implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Path> jars;
    private final URLClassLoader loader;

    private NativeSources(List<Path> jars, URLClassLoader loader) {
        this.jars = jars;
        this.loader = loader;
    }

    static NativeSources open(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
            URL[] urls = jars.stream().map(NativeSources::url).toArray(URL[]::new);
            return new NativeSources(jars, new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()));
        }
    }

    /** A class as the image would find it, not initialised. */
    Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, loader);
    }

    /** Names of all classes registered for reflection, in whatever jar. */
    TreeSet<String> reflective() {
        return reflective(jars);
    }

    /** Those that the build or our own libraries register; other libraries also name what is only sometimes there. */
    TreeSet<String> reflectiveByUs() {
        return reflective(ours());
    }

    /** The patterns of resources to take into the image, of all jars. */
    List<Pattern> resourcePatterns() {
        return patterns(jars);
    }

    /** Those that our own libraries write. */
    List<Pattern> resourcePatternsOfOurLibraries() {
        return patterns(libraries());
    }

    /** Every file in every jar that is no class. */
    List<String> resources() {
        return jars.stream().flatMap(jar -> resources(jar).stream()).toList();
    }

    /** The files that our own code reads at run time, the service's and its libraries'. */
    List<String> ourResources() {
        return ours().stream().flatMap(jar -> resources(jar).stream()).filter(name -> name.startsWith("dev/gatehouse/"))
                .filter(name -> !name.endsWith(".md") && !name.endsWith(".LICENSE.txt")).toList();
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private List<Path> ours() {
        return Stream.concat(libraries().stream(), jars.stream().filter(jar -> jar.toString().endsWith("-runner.jar"))).toList();
    }

    private List<Path> libraries() {
        return jars.stream().filter(jar -> jar.getFileName().toString().startsWith("dev.gatehouse.")).toList();
    }

    private static TreeSet<String> reflective(List<Path> jars) {
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode config : configs(jars, "reflect-config.json")) {
            config.forEach(entry -> names.add(entry.path("name").asText()));
        }
        return names;
    }

    private static List<Pattern> patterns(List<Path> jars) {
        List<Pattern> patterns = new ArrayList<>();
        for (JsonNode config : configs(jars, "resource-config.json")) {
            config.path("resources").path("includes").forEach(entry -> patterns.add(Pattern.compile(entry.path("pattern").asText())));
        }
        return patterns;
    }

    private static List<JsonNode> configs(List<Path> jars, String file) {
        List<JsonNode> configs = new ArrayList<>();
        for (Path jar : jars) {
            try (JarFile open = new JarFile(jar.toFile())) {
                for (JarEntry entry : files(open)) {
                    if (entry.getName().startsWith("META-INF/native-image/") && entry.getName().endsWith("/" + file)) {
                        configs.add(read(open, entry));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(jar.toString(), e);
            }
        }
        return configs;
    }

    private static JsonNode read(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return JSON.readTree(in);
        }
    }

    private static List<String> resources(Path jar) {
        try (JarFile open = new JarFile(jar.toFile())) {
            return files(open).stream().map(JarEntry::getName).filter(name -> !name.endsWith(".class")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(jar.toString(), e);
        }
    }

    private static List<JarEntry> files(JarFile jar) {
        return jar.stream().filter(entry -> !entry.isDirectory()).toList();
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
