package dev.gatehouse.ratelimit.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.gatehouse.tokens.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder of tokenizers: {@code MODEL/tokenizer.json}, where MODEL is a model's name or how it begins, and its slashes are folders. The
 * native library comes out of DJL's jar into the JVM's temporary folder; nothing is downloaded, and nothing reported to DJL's makers.
 */
public final class TokenizerFolder {

    private static final String FILE = "tokenizer.json";

    private TokenizerFolder() {}

    /**
     * Reads all tokenizers of a folder, by model.
     *
     * @throws IOException if the folder, or one of its tokenizers, cannot be read, which the message names; or if it has none
     */
    public static Map<String, Tokenizer> read(Path folder) throws IOException {
        stayOffline();
        Map<String, Tokenizer> tokenizers = new LinkedHashMap<>();
        for (Path file : files(folder)) {
            tokenizers.put(model(folder, file), tokenizer(file));
        }
        if (tokenizers.isEmpty()) {
            throw new IOException("no MODEL/" + FILE + " in " + folder);
        }
        return tokenizers;
    }

    private static void stayOffline() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        if (System.getProperty("DJL_CACHE_DIR") == null) {
            System.setProperty("DJL_CACHE_DIR", Path.of(System.getProperty("java.io.tmpdir"), "gatehouse-tokenizers").toString());
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(path -> path.endsWith(FILE) && !path.getParent().equals(folder)).sorted().toList();
        }
    }

    private static String model(Path folder, Path file) {
        return folder.relativize(file.getParent()).toString().replace('\\', '/');
    }

    private static Tokenizer tokenizer(Path file) throws IOException {
        try {
            HuggingFaceTokenizer read = HuggingFaceTokenizer.builder().optTokenizerPath(file)
                    .optAddSpecialTokens(false).optTruncation(false).optPadding(false).build();
            return text -> read.encode(wellFormed(text), false, false).getIds().length;
        } catch (RuntimeException unreadable) {
            throw new IOException("not a tokenizer: " + file, unreadable);
        }
    }

    /** Half a surrogate pair is no text to a native library. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
