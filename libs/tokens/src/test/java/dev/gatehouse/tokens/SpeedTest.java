package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counting costs; {@code -Dtokens.speed=true} prints it. Bounds are generous: CI machines are slow and shared. */
class SpeedTest {

    private static final TokenCounter COUNTER = new TokenCounter(Map.of());
    private static final int RUNS = 200;

    private static final String[] ENGLISH = ("the model reads every word of a prompt before it answers and a gateway has to know how long that is "
            + "while nobody waits longer than needed for it because people notice delays of some milliseconds in conversation with machines").split(" ");

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gpt-4", "claude-sonnet-4-6", "gemini-2.5-pro"})
    void aRequestOf8000TokensIsCountedWithinTwoMilliseconds(String model) throws MalformedJson {
        LlmRequest request = request(words(8_000, new Random(3)));
        long micros = median(() -> COUNTER.input(request, model).tokens());
        print("8,000 tokens of English, seen words, " + model, micros);
        assertThat(COUNTER.input(request, model).tokens()).isBetween(7_000L, 15_000L);
        assertThat(micros).isLessThan(20_000);
    }

    @Test
    void wordsNeverSeenCostMore() throws MalformedJson {
        Random random = new Random(5);
        LlmRequest[] requests = IntStream.range(0, 40).mapToObj(i -> request(unseen(8_000, random))).toArray(LlmRequest[]::new);
        long[] next = {0};
        long micros = median(() -> COUNTER.input(requests[(int) (next[0]++ % 40)], "gpt-4o").tokens());
        print("8,000 words never seen before", micros);
        assertThat(micros).isLessThan(60_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "A", "9", "\n", "!", "ß", "中", "é", "😀", "a ", "aB", "中A", "random", "random-cjk", "base64"})
    void aMegabyteOfAnythingIsCountedInBoundedTime(String of) {
        LlmRequest request = request(megabyte(of).replace("\n", "\\n"));
        long micros = once(() -> COUNTER.input(request, "gpt-4o").tokens());
        print("1 MB of '" + of + "'", micros);
        assertThat(micros).isLessThan(1_000_000);
    }

    @Test
    void fiftyMegabytesTakeNoLongerThanOne() {
        String text = words(9_000_000, new Random(1));
        assertThat(text.length()).isGreaterThan(45_000_000);
        LlmRequest request = request(text);
        long micros = once(() -> COUNTER.input(request, "gpt-4o").tokens());
        print("50 MB of English", micros);
        assertThat(micros).isLessThan(1_000_000);
        long perWord = COUNTER.text("gpt-4o", text).tokens() * 100 / 9_000_000;
        assertThat(perWord).isBetween(90L, 110L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "中", "random"})
    void aStreamWithoutAnyBreakIsCountedInLinearTime(String of) {
        String text = megabyte(of);
        long micros = once(() -> {
            RunningCount count = COUNTER.running("gpt-4o");
            for (int at = 0; at < text.length(); at += 16) {
                count.add(text.substring(at, Math.min(text.length(), at + 16)));
            }
            return count.count().tokens();
        });
        print("1 MB of '" + of + "' in chunks of 16", micros);
        assertThat(micros).isLessThan(20_000_000);
    }

    private static void print(String what, long micros) {
        if (Boolean.getBoolean("tokens.speed")) {
            System.out.printf("%-55s %,9d us%n", what, micros);
        }
    }

    private static long median(LongSupplier work) {
        long[] micros = new long[RUNS];
        for (int i = 0; i < RUNS; i++) {
            micros[i] = once(work);
        }
        Arrays.sort(micros, RUNS / 2, RUNS);
        return micros[RUNS * 3 / 4];
    }

    private static long once(LongSupplier work) {
        long start = System.nanoTime();
        long tokens = work.getAsLong();
        assertThat(tokens).isPositive();
        return (System.nanoTime() - start) / 1_000;
    }

    private static LlmRequest request(String text) {
        String body = "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"" + text + "\"}]}";
        try {
            return LlmRequest.parse(Format.OPENAI_CHAT, "/v1/chat/completions", body.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }

    private static String words(int count, Random random) {
        return random.ints(count, 0, ENGLISH.length).mapToObj(i -> ENGLISH[i]).collect(Collectors.joining(" "));
    }

    private static String unseen(int count, Random random) {
        Supplier<String> word = () -> random.ints(6, 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
        return Stream.generate(word).limit(count).collect(Collectors.joining(" "));
    }

    private static String megabyte(String of) {
        Random random = new Random(11);
        return switch (of) {
            case "random" -> random.ints(1_000_000, 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
            case "random-cjk" -> random.ints(333_000, 0x4e00, 0x9fa5).mapToObj(Character::toString).collect(Collectors.joining());
            case "base64" -> {
                byte[] bytes = new byte[750_000];
                random.nextBytes(bytes);
                yield Base64.getEncoder().encodeToString(bytes);
            }
            default -> of.repeat(1_000_000 / of.getBytes(StandardCharsets.UTF_8).length);
        };
    }
}
