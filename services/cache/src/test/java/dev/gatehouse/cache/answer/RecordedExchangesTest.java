package dev.gatehouse.cache.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.synthetic.Ids;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every recorded answer of a provider is either kept, and then replayed with the same text in every form, or not kept for a reason. */
class RecordedExchangesTest {

    private static final int LIMIT = 10_000_000;
    private final Replay replay = new Replay(Clock.systemUTC(), Ids.random());

    private static Recorded record(Recording recording, int chunk) {
        AnswerRecorder recorder = new AnswerRecorder(recording.format(), recording.head(), LIMIT);
        for (int at = 0; at < recording.body().length; at += chunk) {
            recorder.feed(java.util.Arrays.copyOfRange(recording.body(), at, Math.min(recording.body().length, at + chunk)));
        }
        return recorder.end(Optional.empty());
    }

    @Test
    void isKeptAndReplayedOrNotKeptForAReason() throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        for (Recording recording : Recording.all()) {
            Recorded recorded = record(recording, 1000);
            assertThat(record(recording, 7)).as("%s", recording).isEqualTo(recorded);
            switch (recorded) {
                case Recorded.NotStorable not -> {
                    counts.merge(not.why().name(), 1, Integer::sum);
                }
                case Recorded.Complete complete -> {
                    counts.merge("stored", 1, Integer::sum);
                    assertReplayed(recording, complete.answer());
                }
            }
        }
        System.out.println("Recorded answers: " + counts);
        assertThat(counts.get("stored")).isGreaterThan(100);
    }

    private void assertReplayed(Recording recording, StoredAnswer answer) throws Exception {
        LlmResponse before = LlmResponse.parse(recording.format(), recording.type(), recording.body());
        assertThat(answer.text()).as("%s", recording).isEqualTo(before.text(0, PartKind.TEXT));
        StoredAnswer kept = StoredAnswer.decoded(answer.encoded()).orElseThrow();
        assertThat(kept).isEqualTo(answer);
        for (Asking asking : Asking.all()) {
            LocalReply reply = replay.of(kept, asking.request()).orElseThrow();
            LlmResponse after = LlmResponse.parse(asking.format(), reply.headers().first("content-type").orElseThrow(), reply.body());
            assertThat(after.text(0, PartKind.TEXT)).as("%s to %s", recording, asking).isEqualTo(answer.text());
            if (asking.format() == recording.format()) {
                assertThat(after.text(0, PartKind.REASONING)).as("%s to %s", recording, asking).isEqualTo(before.text(0, PartKind.REASONING));
            }
        }
    }
}
