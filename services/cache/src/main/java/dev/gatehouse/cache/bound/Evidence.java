package dev.gatehouse.cache.bound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.cache.verify.Traits;
import dev.gatehouse.state.sum.Sum;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that is known of a pool, as sums by {@link SumIds}: what replicas have seen apart adds up. At most {@value #ENTRIES} entries have a record. Not
 * thread-safe.
 */
final class Evidence {

    private static final int ENTRIES = 20_000;
    // How far the records of an entry may move its scores: the square of 1.5 log odds.
    private static final double ENTRY_VARIANCE = 1.5 * 1.5;

    /** An entry's own labels: what they say beyond the score, and how much that is. */
    private record Entry(double surprise, double information) {

        Entry plus(Entry other) {
            return new Entry(surprise + other.surprise, information + other.information);
        }

        double offset() {
            return surprise / (information + 1 / ENTRY_VARIANCE);
        }
    }

    private final double[] counts = new double[SumIds.COUNTS];
    private final Lexicon lexicon = new Lexicon();
    private final Cache<Long, Entry> entries = Caffeine.newBuilder().maximumSize(ENTRIES).executor(Runnable::run).build();

    void add(long id, double first, double second) {
        if (SumIds.isCount(id)) {
            counts[(int) id] += first;
        } else if (SumIds.isWord(id)) {
            lexicon.add(SumIds.hash(id), first, second);
        } else if (SumIds.isEntry(id)) {
            entries.asMap().merge(id, new Entry(first, second), Entry::plus);
        }
    }

    void add(Sum sum) {
        add(sum.id(), sum.first(), sum.second());
    }

    double count(int which) {
        return counts[which];
    }

    /** Counts of all bins. */
    double[] bins(int from) {
        return Arrays.copyOfRange(counts, from, from + Scale.BINS);
    }

    /** How far an entry's own record moves its scores, in log odds. */
    double offset(String entry) {
        Entry known = entries.getIfPresent(SumIds.entry(entry));
        return known == null ? 0 : known.offset();
    }

    Lexicon lexicon() {
        return lexicon;
    }

    /** All sums, those that are zero left out. */
    List<Sum> all() {
        Stream<Sum> counted = IntStream.range(0, counts.length).filter(i -> counts[i] != 0).mapToObj(i -> new Sum(i, counts[i], 0));
        Stream<Sum> recorded = entries.asMap().entrySet().stream()
                .map(known -> new Sum(known.getKey(), known.getValue().surprise(), known.getValue().information()));
        return Stream.of(counted, lexicon.sums(), recorded).flatMap(sums -> sums).toList();
    }

    /** What is long ago shall weigh less than what is new. */
    void halveCounts() {
        Arrays.setAll(counts, i -> counts[i] / 2);
    }
}
