package dev.gatehouse.cache.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.stream.FrameDecoder;
import dev.gatehouse.llm.synthetic.Ids;
import dev.gatehouse.llm.synthetic.Thinking;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayTest {

    private static final Instant NOW = Instant.parse("2026-11-28T06:00:00Z");
    private final Replay replay = new Replay(InstantSource.fixed(NOW), Ids.random());

    static Stream<Asking> askings() {
        return Asking.all().stream();
    }

    private static Usage usage(long input, long output) {
        OptionalLong none = OptionalLong.empty();
        return new Usage(OptionalLong.of(input), OptionalLong.of(output), none, none, none, none, none);
    }

    private static StoredAnswer answer(String... texts) {
        return new StoredAnswer(Format.OPENAI_CHAT, true, "gpt-x", List.of(texts), Optional.empty(), Optional.empty(), usage(11, 7), Optional.empty());
    }

    private static String text(LocalReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private LocalReply reply(StoredAnswer answer, Asking asking) {
        return replay.of(answer, asking.request()).orElseThrow();
    }

    private static LlmResponse read(LocalReply reply, Asking asking) throws Exception {
        return LlmResponse.parse(asking.format(), reply.headers().first("content-type").orElseThrow(), reply.body());
    }

    private static Recorded recordedAgain(LocalReply reply, Asking asking, Random random) {
        AnswerRecorder recorder = new AnswerRecorder(asking.format(), Asking.head(reply), 10_000_000);
        for (int at = 0; at < reply.body().length; ) {
            int to = Math.min(reply.body().length, at + 1 + random.nextInt(400));
            recorder.feed(Arrays.copyOfRange(reply.body(), at, to));
            at = to;
        }
        return recorder.end(Optional.empty());
    }

    /** Any Unicode text, with line ends, quotes, spaces, long words and signs of two units. */
    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 20_000 : 300);
        String signs = "ab c\n\r\t\"\\{}[]: data:\u2028\u00e9\u4e2d\u0001 ";
        while (text.length() < length) {
            int kind = random.nextInt(10);
            text.append(kind == 0 ? new String(Character.toChars(0x1F600 + random.nextInt(60))) : kind == 1 ? "w".repeat(random.nextInt(300)) : String.valueOf(signs.charAt(random.nextInt(signs.length()))));
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("askings")
    void anyTextComesBackEqualInEveryFormHoweverItIsSplit(Asking asking) throws Exception {
        Random random = new Random(asking.name().hashCode());
        for (int round = 0; round < 60; round++) {
            List<String> texts = new ArrayList<>();
            for (int left = 1 + random.nextInt(3); left > 0; left--) {
                texts.add(anyText(random));
            }
            StoredAnswer answer = answer(texts.toArray(String[]::new));
            LocalReply reply = reply(StoredAnswer.decoded(answer.encoded()).orElseThrow(), asking);
            assertThat(read(reply, asking).text(0, PartKind.TEXT)).isEqualTo(answer.text());
            assertThat(recordedAgain(reply, asking, random)).isInstanceOfSatisfying(Recorded.Complete.class,
                    complete -> assertThat(complete.answer().text()).isEqualTo(answer.text()));
        }
    }

    @ParameterizedTest
    @MethodSource("askings")
    void usageIsMarkedAsCachedInTheFormatsOwnField(Asking asking) throws Exception {
        LlmResponse read = read(reply(answer("It is Rome."), asking), asking);
        boolean silent = asking.name().equals("chat stream") || asking.name().equals("completions stream");
        assertThat(read.usage().cacheRead()).isEqualTo(silent ? OptionalLong.empty() : OptionalLong.of(11));
        assertThat(read.usage().input()).isEqualTo(silent ? OptionalLong.empty() : OptionalLong.of(11));
        assertThat(read.usage().output()).isEqualTo(silent ? OptionalLong.empty() : OptionalLong.of(7));
    }

    @ParameterizedTest
    @MethodSource("askings")
    void eachReplyHasItsOwnIdAndSaysWhichModelAnswered(Asking asking) throws Exception {
        LlmResponse one = read(reply(answer("It is Rome."), asking), asking);
        LlmResponse other = read(reply(answer("It is Rome."), asking), asking);
        boolean nameless = asking.format() == Format.BEDROCK_CONVERSE;
        assertThat(one.model()).isEqualTo(nameless ? Optional.empty() : Optional.of("gpt-x"));
        assertThat(one.id().isPresent()).isEqualTo(!nameless);
        assertThat(nameless || !one.id().equals(other.id())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("askings")
    void aStreamHasManyEventsAndAWholeAnswerIsOneJson(Asking asking) {
        LocalReply reply = reply(answer("one two three four five six"), asking);
        assertThat(reply.status()).isEqualTo(200);
        String type = reply.headers().first("content-type").orElseThrow();
        assertThat(FrameDecoder.of(type, 1 << 20).feed(reply.body()).size()).is(new Condition<>(
                frames -> asking.isStream() ? frames >= 6 : frames == 1, "%s", asking.isStream() ? "a stream" : "one JSON"));
    }

    @ParameterizedTest
    @MethodSource("askings")
    void thoughtsComeBeforeTheTextWhereTheFormatIsTheirs(Asking asking) throws Exception {
        StoredAnswer thought = new StoredAnswer(Format.OPENAI_CHAT, true, "gpt-x", List.of("It is Rome."), Optional.of(new Thinking(List.of("reasoning", "reasoning_content"),
                "Which Italy? That one.")), Optional.empty(), usage(11, 7), Optional.empty());
        LocalReply reply = reply(StoredAnswer.decoded(thought.encoded()).orElseThrow(), asking);
        boolean theirs = asking.format() == Format.OPENAI_CHAT;
        assertThat(read(reply, asking).text(0, PartKind.REASONING)).isEqualTo(theirs ? "Which Italy? That one." : "");
        assertThat(read(reply, asking).text(0, PartKind.TEXT)).isEqualTo("It is Rome.");
        if (theirs && asking.isStream()) {
            assertThat(text(reply).lastIndexOf("\"reasoning\":\"")).isLessThan(text(reply).indexOf("\"content\":\"It"));
        }
    }

    @Test
    void theLastChunkOfAChatHasTheUsageWhereItIsAskedFor() {
        assertThat(text(reply(answer("Rome"), Asking.all().get(1)))).doesNotContain("usage").endsWith("data: [DONE]\n\n");
        assertThat(text(reply(answer("Rome"), Asking.all().get(2)))).contains("\"usage\":null")
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18,\"prompt_tokens_details\":{\"cached_tokens\":11}");
    }

    @Test
    void createdIsNow() {
        assertThat(text(reply(answer("Rome"), Asking.all().getFirst()))).contains("\"created\":" + NOW.getEpochSecond());
    }

    @Test
    void aLongAnswerHasBoundedlyManyEvents() {
        String text = "word ".repeat(200_000);
        assertThat(text(reply(answer(text), Asking.all().get(1))).split("\n\n").length).isLessThan(220);
    }

    @Test
    void anAnswerOfAnotherVersionOrDamagedIsNone() {
        byte[] good = answer("It is Rome. ".repeat(50)).encoded();
        byte[] newer = good.clone();
        newer[0]++;
        assertThat(StoredAnswer.decoded(newer)).isEmpty();
        assertThat(StoredAnswer.decoded(new byte[0])).isEmpty();
        for (int length = 0; length < good.length; length++) {
            assertThat(StoredAnswer.decoded(Arrays.copyOf(good, length))).isEmpty();
        }
    }

    @Test
    void aLongAnswerIsKeptInLessThanItsText() {
        assertThat(answer("All men are mortal, Socrates is a man. ".repeat(100)).encoded().length).isLessThan(1000);
    }

    @Test
    void whatNoTextAnswersHasNoReplay() throws Exception {
        var embeddings = dev.gatehouse.llm.LlmRequest.parse(Format.OPENAI_EMBEDDINGS, "/v1/embeddings", "{\"model\":\"m\",\"input\":\"q\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(new Replay(Clock.systemUTC(), Ids.random()).of(answer("Rome"), embeddings)).isEmpty();
    }
}
