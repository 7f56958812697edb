package dev.gatehouse.text.pii;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The published table of recall and precision by entity. Run by name:
 * {@code mvn -pl libs/text -am test -Dtest=PiiBench -Dsurefire.failIfNoSpecifiedTests=false -Dpii.table=$PWD/docs/guard-pii.md}, with
 * {@code GATEHOUSE_DATA} naming the folder that holds {@code guard/pii.jsonl}; {@code -Dpii.misses=true} prints what was missed.
 */
@Tag("bench")
class PiiBench {

    private final PiiDetector detector = new PiiDetector(Entity.all(), PiiDetector.DEFAULT_PHONE_REGIONS, PiiDetector.DEFAULT_MINIMUM_SCORE);

    @Test
    void measures_recall_and_precision() throws IOException {
        Optional<Path> file = MarkedTexts.file();
        assumeTrue(file.isPresent(), "GATEHOUSE_DATA names no folder with guard/pii.jsonl");
        Scoreboard board = new Scoreboard();
        MarkedTexts.read(file.get()).forEach(marked -> board.add(marked, detector.scan(marked.text())));
        System.out.println(board.table());
        if (Boolean.getBoolean("pii.misses")) {
            board.missesByKind().forEach(PiiBench::print);
        }
        String target = System.getProperty("pii.table");
        if (target != null) {
            Files.writeString(Path.of(target), board.table());
        }
    }

    static void print(Scoreboard.Misses kind) {
        System.out.println(kind.kind() + ": " + kind.misses().size());
        kind.misses().stream().limit(12).forEach(miss -> System.out.println("    " + marked(miss)));
    }

    private static String marked(Scoreboard.Miss miss) {
        String text = miss.marked().text();
        return (text.substring(Math.max(0, miss.start() - 60), miss.start()) + ">>" + text.substring(miss.start(), miss.end()) + "<<"
            + text.substring(miss.end(), Math.min(text.length(), miss.end() + 20))).replace('\n', '/');
    }
}
