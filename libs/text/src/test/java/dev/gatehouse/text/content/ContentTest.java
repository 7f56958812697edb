package dev.gatehouse.text.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContentTest {

    private final ContentLists lists = new ContentLists(Set.of());

    @Test
    void phrases_are_told_by_category() {
        assertThat(lists.scan("He said he was thinking of ending his life.")).extracting(Finding::category).containsExactly("self-harm");
        assertThat(lists.scan("I will kill you tonight.")).extracting(Finding::category).containsExactly("violence");
        assertThat(lists.scan("Here is how to build a pipe bomb")).extracting(Finding::category).containsExactly("weapons");
        assertThat(lists.scan("Kill the process, then shoot the photo and cut the ribbon.")).isEmpty();
    }

    @Test
    void a_scorer_is_asked_sentence_by_sentence_however_an_answer_is_cut() {
        List<String> asked = new ArrayList<>();
        ScoredSentences sentences = new ScoredSentences(text -> {
            asked.add(text);
            return Map.of("length", Math.min(1, text.length() / 100.0));
        }, 40);
        String text = "One. Two is 3.5 long! \uD83D\uDE00\nThree" + " and a very long tail".repeat(4);
        List<Finding> whole = Splits.findings(sentences, text);
        List<String> first = List.copyOf(asked);
        assertThat(first).startsWith("One.", "Two is 3.5 long!");
        asked.clear();
        assertThat(Splits.findings(sentences, text, Splits.every(text.length()))).isEqualTo(whole);
        assertThat(asked).isEqualTo(first);
        assertThat(Splits.findings(sentences, text, Splits.random(new Random(1), text.length()))).isEqualTo(whole);
    }

    /** Prints the table of the documentation: run with {@code GATEHOUSE_DATA} naming the folder with {@code guard/moderation.jsonl}. */
    @Test
    void is_measured_on_labelled_texts() throws IOException {
        String data = System.getenv("GATEHOUSE_DATA");
        assumeTrue(data != null && Files.exists(Path.of(data, "guard/moderation.jsonl")), "no labelled data");
        Map<String, int[]> bySource = new TreeMap<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(Path.of(data, "guard/moderation.jsonl"))) {
            JsonNode row = json.readTree(line);
            double score = lists.scan(row.get("text").asText()).stream().mapToDouble(Finding::score).max().orElse(0);
            int[] counts = bySource.computeIfAbsent(row.get("source").asText(), first -> new int[6]);
            int label = row.get("label").asInt();
            counts[label]++;
            counts[2 + label] += score >= 0.5 ? 1 : 0;
            counts[4 + label] += score >= 0.7 ? 1 : 0;
        }
        System.out.println("| texts | harmful | found at 0.5 | at 0.7 | harmless | flagged at 0.5 | at 0.7 |\n|---|---|---|---|---|---|---|");
        bySource.forEach((source, c) -> System.out.printf(Locale.ROOT, "| %s | %d | %.3f | %.3f | %d | %.3f | %.3f |%n", source, c[1],
                share(c[3], c[1]), share(c[5], c[1]), c[0], share(c[2], c[0]), share(c[4], c[0])));
        assertThat(bySource).isNotEmpty();
    }

    private static double share(int part, int of) {
        return of == 0 ? 0 : (double) part / of;
    }
}
