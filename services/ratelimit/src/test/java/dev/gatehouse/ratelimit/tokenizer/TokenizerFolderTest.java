package dev.gatehouse.ratelimit.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gatehouse.tokens.TokenCount;
import dev.gatehouse.tokens.TokenCounter;
import dev.gatehouse.tokens.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFolderTest {

    /** Every sign between spaces is a word, and every word a token: "don't" is one. */
    private static final String WORDS = """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
             "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null, "decoder": null,
             "model": {"type": "WordLevel", "vocab": {"<unk>": 0, "don't": 1}, "unk_token": "<unk>"}}
            """;
    private static final String UNUSUAL = "unquestionably 1234567890 antidisestablishmentarianism ";

    @TempDir
    Path folder;

    @BeforeEach
    void aTokenizerIsGiven() throws IOException {
        give("acme/words-7b", WORDS);
    }

    @Test
    void aShortTextIsCountedByTheModelsTokenizer() throws IOException {
        assertThat(counter().text("acme/words-7b", UNUSUAL)).isEqualTo(TokenCount.exact(3));
    }

    @Test
    void aTokenizerHoldsForNamesThatBeginWithItsOwn() throws IOException {
        assertThat(counter().text("acme/words-7b-instruct", UNUSUAL)).isEqualTo(TokenCount.exact(3));
        assertThat(counter().text("acme/other", UNUSUAL).exact()).isFalse();
    }

    @Test
    void aServedNameFindsItsModelsTokenizer() throws IOException {
        TokenCounter counter = new TokenCounter(Map.of("ours", "acme/words-7b"), TokenizerFolder.read(folder));
        assertThat(counter.text("ours", UNUSUAL)).isEqualTo(TokenCount.exact(3));
    }

    @Test
    @Timeout(60)
    void estimatesOfLongTextsConvergeToTheTokenizer() throws IOException {
        TokenCounter counter = counter();
        String text = "one of these plainly written sentences, again. ".repeat(100);
        long tokens = 700;
        while (counter.text("acme/words-7b", text).tokens() > tokens * 105 / 100) {
            Thread.onSpinWait();
        }
        assertThat(counter.text("acme/words-7b", text).tokens()).isBetween(tokens * 90 / 100, tokens * 105 / 100);
    }

    @Test
    void halfASurrogatePairIsCounted() throws IOException {
        assertThat(counter().text("acme/words-7b", "a \ud83d b").tokens()).isEqualTo(3);
    }

    @Test
    void aHostileTextIsBounded() throws IOException {
        TokenCounter counter = counter();
        counter.text("acme/words-7b", "x".repeat(1_000_000));
        long start = System.nanoTime();
        counter.text("acme/words-7b", "y".repeat(1_000_000));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aFileThatIsNoTokenizerIsNamed() throws IOException {
        Path broken = give("broken", "{\"model\": 1}");
        assertThatIOException().isThrownBy(() -> TokenizerFolder.read(folder)).withMessageContaining(broken.toString());
    }

    @Test
    void aFolderWithoutTokenizersIsRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatIOException().isThrownBy(() -> TokenizerFolder.read(empty)).withMessageContaining(empty.toString());
    }

    /** Prints, asserts nothing: {@code -Dtokenizers.folder=FOLDER} of real ones. */
    @Test
    @EnabledIfSystemProperty(named = "tokenizers.folder", matches = ".+")
    void speed() throws IOException {
        String english = "When the committee met again on Tuesday, nobody mentioned the 1,250 unread letters in Room 7b. ".repeat(170);
        TokenizerFolder.read(Path.of(System.getProperty("tokenizers.folder"))).forEach((model, tokenizer) -> {
            for (int chars : new int[] {100, 500, 2_000, 16_000}) {
                System.out.printf("SPEED %s, English, %,d chars: %.3f ms%n", model, chars, milliseconds(tokenizer, english.substring(0, chars)));
            }
            System.out.printf("SPEED %s, no space, 500 chars: %.3f ms%n", model, milliseconds(tokenizer, "xy".repeat(250)));
            System.out.printf("SPEED %s, no space, 16,000 chars: %.3f ms%n", model, milliseconds(tokenizer, "xy".repeat(8_000)));
        });
    }

    /** The median of 51 counts, after 20. */
    private static double milliseconds(Tokenizer tokenizer, String text) {
        return IntStream.range(0, 71).mapToLong(run -> nanoseconds(tokenizer, text)).skip(20).sorted().skip(25).findFirst().orElseThrow() / 1e6;
    }

    private static long nanoseconds(Tokenizer tokenizer, String text) {
        long start = System.nanoTime();
        tokenizer.count(text);
        return System.nanoTime() - start;
    }

    private TokenCounter counter() throws IOException {
        return new TokenCounter(Map.of(), TokenizerFolder.read(folder));
    }

    private Path give(String model, String tokenizer) throws IOException {
        return Files.writeString(Files.createDirectories(folder.resolve(model)).resolve("tokenizer.json"), tokenizer);
    }
}
