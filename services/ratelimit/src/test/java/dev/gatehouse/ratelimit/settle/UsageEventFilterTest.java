package dev.gatehouse.ratelimit.settle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageEventFilterTest {

    private static final String WORD = "data: {\"choices\":[{\"delta\":{\"content\":\"Gr\u00fc\u00dfe\"}}],\"usage\":null}";
    private static final String FILTERED = "data: {\"choices\":[],\"prompt_filter_results\":[{}]}";
    private static final String USAGE = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1}}";
    private static final String BOTH = "data: {\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":1}}";

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void onlyTheEventWithNothingButUsageGoes(String end) {
        String gap = end + end;
        String stream = ": hello" + gap + FILTERED + gap + WORD + gap + BOTH + gap + USAGE + gap + "data: [DONE]" + gap;
        String expected = ": hello" + gap + FILTERED + gap + WORD + gap + BOTH + gap + "data: [DONE]" + gap;
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            assertThat(pass(stream, random)).isEqualTo(expected);
        }
    }

    @Test
    void aStreamWithoutItsLastBlankLineLosesNothing() {
        assertThat(pass(WORD + "\n\n" + WORD, new Random(1))).isEqualTo(WORD + "\n\n" + WORD);
        assertThat(pass(WORD + "\n\n" + USAGE, new Random(1))).isEqualTo(WORD + "\n\n");
    }

    @Test
    void aLongEventIsNotHeldBack() {
        UsageEventFilter filter = new UsageEventFilter();
        byte[] half = ("data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(40_000)).getBytes(StandardCharsets.UTF_8);
        assertThat(filter.pass(half).length).isGreaterThan(30_000);
    }

    private static String pass(String stream, Random random) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        UsageEventFilter filter = new UsageEventFilter();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; ) {
            int next = Math.min(bytes.length, at + 1 + random.nextInt(20));
            out.writeBytes(filter.pass(Arrays.copyOfRange(bytes, at, next)));
            at = next;
        }
        out.writeBytes(filter.end());
        return out.toString(StandardCharsets.UTF_8);
    }
}
