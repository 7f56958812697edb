package dev.gatehouse.guard.mask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.Placeholders;
import dev.gatehouse.guard.Guards;
import dev.gatehouse.guard.compile.CompiledGuard;
import dev.gatehouse.guard.compile.CompiledRule;
import dev.gatehouse.guard.inspect.Hit;
import dev.gatehouse.guard.prompt.Piece;
import dev.gatehouse.text.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskerTest {

    private static final KeyedHash HASH = KeyedHash.of("0123456789abcdef".getBytes());
    private static final CompiledGuard GUARD = Guards.of("""
            rules:
              - {name: placeholder, action: Mask, pii: {}}
              - {name: redact, action: Mask, maskStyle: Redact, pii: {}}
              - {name: hash, action: Mask, maskStyle: Hash, pii: {}}
              - {name: partial, action: Mask, maskStyle: Partial, pii: {}}
            """);

    private final Masker masker = new Masker(new Placeholders(), HASH);

    @Test
    void theSameValueHasTheSamePlaceholderInEveryText() {
        Piece first = Piece.ofUser("ada and bob");
        Piece second = Piece.ofUser("bob and ada");
        Map<Piece, String> masked = masker.mask(List.of(first, second), List.of(
                hit("placeholder", first, "NAME", 0.9, 0, 3), hit("placeholder", first, "NAME", 0.9, 8, 11),
                hit("placeholder", second, "NAME", 0.9, 0, 3), hit("placeholder", second, "NAME", 0.9, 8, 11)));
        assertThat(masked).containsEntry(first, "[NAME_1] and [NAME_2]").containsEntry(second, "[NAME_2] and [NAME_1]");
    }

    @Test
    void numbersFollowTheOrderOfTheTextsWhateverTheOrderOfTheFindings() {
        Piece first = Piece.ofUser("ada");
        Piece second = Piece.ofUser("bob");
        Map<Piece, String> masked = masker.mask(List.of(first, second),
                List.of(hit("placeholder", second, "NAME", 0.9, 0, 3), hit("placeholder", first, "NAME", 0.9, 0, 3)));
        assertThat(masked).containsEntry(first, "[NAME_1]").containsEntry(second, "[NAME_2]");
    }

    @Test
    void aLookAlikeAnywhereInThePromptReservesItsNumber() {
        Piece first = Piece.ofUser("ada");
        Piece later = Piece.ofUser("what is [NAME_1]?");
        Map<Piece, String> masked = masker.mask(List.of(first, later), List.of(hit("placeholder", first, "NAME", 0.9, 0, 3)));
        assertThat(masked).containsOnly(Map.entry(first, "[NAME_2]"));
    }

    @Test
    void overlappingFindingsAreReplacedAsOneInTheWayOfTheSurest() {
        Piece piece = Piece.ofUser("id 0123456789 end");
        Map<Piece, String> masked = masker.mask(List.of(piece),
                List.of(hit("redact", piece, "PHONE", 0.6, 3, 11), hit("redact", piece, "NHS", 0.9, 5, 13)));
        assertThat(masked).containsEntry(piece, "id [REDACTED_NHS] end");
    }

    @Test
    void adjacentFindingsStayTwo() {
        Piece piece = Piece.ofUser("adabob");
        Map<Piece, String> masked = masker.mask(List.of(piece),
                List.of(hit("redact", piece, "A", 0.9, 0, 3), hit("redact", piece, "B", 0.9, 3, 6)));
        assertThat(masked).containsEntry(piece, "[REDACTED_A][REDACTED_B]");
    }

    @Test
    void aHashIsTheSameForTheSameValueAndShowsNothingOfIt() {
        Piece piece = Piece.ofUser("ada ada bob");
        String masked = masker.mask(List.of(piece), List.of(hit("hash", piece, "NAME", 0.9, 0, 3),
                hit("hash", piece, "NAME", 0.9, 4, 7), hit("hash", piece, "NAME", 0.9, 8, 11))).get(piece);
        String[] words = masked.split(" ");
        assertThat(words[0]).isEqualTo(words[1]).isNotEqualTo(words[2]).matches("\\[NAME:[0-9a-f]{12}]");
        assertThat(masked).doesNotContain("ada", "bob");
    }

    @Test
    void aCategoryThatIsNoNameOfAPlaceholderBecomesOne() {
        Piece piece = Piece.ofUser("tok");
        assertThat(masker.mask(List.of(piece), List.of(hit("placeholder", piece, "aws-access-key.id", 0.9, 0, 3))))
                .containsEntry(piece, "[AWS_ACCESS_KEY_ID_1]");
    }

    @Test
    void aTextWithoutFindingsIsNotTouched() {
        Piece piece = Piece.ofUser("ada");
        assertThat(masker.mask(List.of(piece), List.of())).isEmpty();
    }

    private static Hit hit(String rule, Piece piece, String category, double score, int start, int end) {
        CompiledRule named = GUARD.rules().stream().filter(candidate -> candidate.name().equals(rule)).findFirst().orElseThrow();
        return new Hit(named, piece, new Finding("pii", category, score, start, end));
    }
}
