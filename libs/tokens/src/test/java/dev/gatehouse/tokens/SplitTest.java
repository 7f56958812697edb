package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The rules written out here cut as the library's regular expressions do: the counts of whole texts are the same. */
class SplitTest {

    private static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private static final Encoding CL100K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    private static final Vocabulary OURS_O200K = Vocabulary.o200k();
    private static final Vocabulary OURS_CL100K = Vocabulary.cl100k();

    private static final List<String> ATOMS = List.of("a", "B", "the", " ", "  ", "\t", "\n", "\r\n", "'", "'s", "'RE", "'ll", "1", "23", "4567", "!", "//", "/",
            "_", "-", "é", "É", "\u0301", "中", "文字", "ひ", "カ", "한", "я", "Я", "א", "ع", "ा", "ก", "😀", "👍🏽", "\u00a0", "\u3000", "\u200d", "½", "Ⅷ", "ǅ", "ʰ",
            "。", "、", "$", "()", "{", "\u0085", "\u2028", "\u000b", "\u001c", "camelCase", "HTTPServer", " word", "\ud83d");

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.of(ATOMS).list().ofMaxSize(24).map(atoms -> String.join("", atoms));
    }

    @Property(tries = 20_000)
    void o200kIsCountedAsTheLibraryCountsIt(@ForAll("texts") String text) {
        assertThat(count(OURS_O200K, text)).isEqualTo(O200K.countTokensOrdinary(Vocabulary.wellFormed(text)));
    }

    @Property(tries = 20_000)
    void cl100kIsCountedAsTheLibraryCountsIt(@ForAll("texts") String text) {
        assertThat(count(OURS_CL100K, text)).isEqualTo(CL100K.countTokensOrdinary(Vocabulary.wellFormed(text)));
    }

    @Property(tries = 20_000)
    void bordersOfChunksChangeNothing(@ForAll("texts") String text,
            @ForAll("cuts") List<Integer> cuts) {
        for (Vocabulary vocabulary : List.of(OURS_O200K, OURS_CL100K)) {
            RunningCount running = new RunningCount(vocabulary, tally -> new TokenCount(tally.tokens(), tally.exact(), tally.tokens()));
            int at = 0;
            for (int cut : cuts) {
                int next = Math.min(text.length(), at + cut);
                running.add(text.substring(at, next));
                at = next;
            }
            running.add(text.substring(at));
            assertThat(running.count()).isEqualTo(TokenCount.exact(count(vocabulary, text)));
        }
    }

    @Provide
    static Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(1, 9).list().ofMaxSize(30);
    }

    private static long count(Vocabulary vocabulary, String text) {
        Tally tally = Tally.bounded(vocabulary);
        tally.add(text);
        return tally.tokens();
    }
}
