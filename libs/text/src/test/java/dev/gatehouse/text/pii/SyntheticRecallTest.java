package dev.gatehouse.text.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SyntheticRecallTest {

    private final PiiDetector detector = new PiiDetector(Entity.all(), PiiDetector.DEFAULT_PHONE_REGIONS, PiiDetector.DEFAULT_MINIMUM_SCORE);

    @Test
    void each_entity_is_found_in_its_groupings_and_languages_and_little_else() {
        Scoreboard board = new Scoreboard();
        SyntheticTexts.all().forEach(marked -> board.add(marked, detector.scan(marked.text())));
        if (Boolean.getBoolean("pii.misses")) {
            System.out.println(board.table());
            board.missesByKind().forEach(PiiBench::print);
        }
        board.counts().forEach((entity, count) -> {
            assertThat(count.recall()).as("recall of " + entity).isGreaterThanOrEqualTo(0.97);
            assertThat(count.precision()).as("precision of " + entity).isGreaterThanOrEqualTo(0.98);
        });
    }
}
