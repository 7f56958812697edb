package dev.gatehouse.llm.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The texts of one answer that have begun. */
final class Strands {

    /** More texts than any answer has: what goes on opening them is no answer, or means to fill the memory. */
    static final int MAX = 4096;

    private final StrandEditors editors;
    private final int kept;
    private final Map<Strand, LiveStrand> live = new LinkedHashMap<>();

    /** @param kept most characters of each text that are remembered for its repetition; 0 for formats that do not repeat */
    Strands(StrandEditors editors, int kept) {
        this.editors = editors;
        this.kept = kept;
    }

    /** The text that grows under that name; one that has ended begins anew. */
    LiveStrand growing(Strand strand) {
        LiveStrand known = live.get(strand);
        return known == null || known.isEnded() ? open(strand) : known;
    }

    /** A text begins in the place of the one of that name, if there was one. */
    LiveStrand open(Strand strand) {
        LiveStrand begun = single(strand);
        live.put(strand, begun);
        return begun;
    }

    /** A text that nothing refers to again. */
    LiveStrand single(Strand strand) {
        return LiveStrand.open(strand, editors, kept);
    }

    Optional<LiveStrand> known(Strand strand) {
        return Optional.ofNullable(live.get(strand));
    }

    /** Those that have not ended. */
    List<LiveStrand> open(Predicate<Strand> which) {
        return live.values().stream().filter(strand -> !strand.isEnded() && which.test(strand.strand())).toList();
    }

    /** Forgets those that have ended, where no repetition can come. */
    void tidy() {
        if (kept == 0) {
            live.values().removeIf(LiveStrand::isEnded);
        }
    }

    boolean areTooMany() {
        return live.size() > MAX;
    }
}
