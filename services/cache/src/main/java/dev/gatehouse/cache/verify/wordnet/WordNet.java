package dev.gatehouse.cache.verify.wordnet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * A dictionary: 77,000 English words with their 118,000 meanings, from WordNet 3.1 by {@code training/wordnet.py}. It stays the text that it was
 * written as, 4 MB; a word is found by halving and its line read when it is asked for, in about a microsecond.
 */
public final class WordNet {

    private static final String TEXT = "/dev/gatehouse/cache/verify/wordnet.txt.gz";

    private final byte[] text;
    private final int[] lines;
    private final int words;
    /** For each meaning where its hypernyms begin in {@link #hypernyms}. */
    private final int[] starts;
    private final int[] hypernyms;

    private WordNet(byte[] text) {
        this.text = text;
        this.lines = IntStream.concat(IntStream.of(0), IntStream.range(0, text.length).filter(i -> text[i] == '\n').map(i -> i + 1)).toArray();
        this.words = firstWord();
        this.starts = new int[words];
        this.hypernyms = readHypernyms();
    }

    private int[] readHypernyms() {
        IntStream.Builder found = IntStream.builder();
        int count = 0;
        for (int meaning = 0; meaning < words - 1; meaning++) {
            starts[meaning] = count;
            int number = 0;
            for (int at = lines[meaning]; at < lines[meaning + 1] - 1; at++) {
                number = text[at] == ' ' ? 0 : 10 * number + text[at] - '0';
                if (text[at + 1] == ' ' || text[at + 1] == '\n') {
                    found.add(number);
                    count++;
                }
            }
        }
        starts[words - 1] = count;
        return found.build().toArray();
    }

    /** The one that ships. */
    public static WordNet shipped() {
        try (InputStream in = new GZIPInputStream(WordNet.class.getResourceAsStream(TEXT))) {
            return new WordNet(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line after the last empty one: before it are meanings without hypernyms, which are empty too. */
    private int firstWord() {
        int line = lines.length - 2;
        while (text[lines[line]] != '\n') {
            line--;
        }
        return line + 1;
    }

    /** @param word in lower case, in any form that it takes in a sentence */
    public boolean knows(String word) {
        return !all(word).isEmpty();
    }

    /**
     * A word's own meanings and those of its singular; of another form without an ending only if it is no noun itself ("seed", "corner").
     *
     * @param word in lower case, as it stands in a sentence
     */
    public Optional<Term> find(String word) {
        List<String[]> found = all(word);
        return found.isEmpty() ? Optional.empty() : Optional.of(term(found));
    }

    private List<String[]> all(String word) {
        String plain = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
        List<String[]> found = new ArrayList<>(line(plain).stream().toList());
        found.addAll(lines(Forms.singulars(plain)));
        if (found.stream().noneMatch(WordNet::isNoun)) {
            found.addAll(lines(Forms.bases(plain)));
        }
        return found;
    }

    private List<String[]> lines(List<Forms.Form> forms) {
        return forms.stream().flatMap(form -> line(form.word()).filter(fields -> form.part() == 'n' ? isNoun(fields) : fields[2].indexOf(form.part()) >= 0).stream()).toList();
    }

    private static boolean isNoun(String[] fields) {
        return fields[2].indexOf('n') >= 0 || fields[2].indexOf('i') >= 0;
    }

    private Term term(List<String[]> found) {
        int rarity = found.stream().mapToInt(fields -> Integer.parseInt(fields[1])).min().orElseThrow();
        int[] meanings = numbers(found, 3);
        int[] above = above(meanings);
        int[] wider = IntStream.concat(Arrays.stream(above), Arrays.stream(above(above))).toArray();
        String parts = found.getFirst()[2];
        return new Term(rarity, "ni".indexOf(parts.charAt(0)) >= 0, parts.startsWith("i"), isNoun(found.getFirst()) && parts.indexOf('a') < 0, meanings, above, wider, numbers(found, 4), numbers(found, 5));
    }

    private int[] above(int[] meanings) {
        return Arrays.stream(meanings).flatMap(meaning -> Arrays.stream(hypernyms, starts[meaning], starts[meaning + 1])).toArray();
    }

    private static int[] numbers(List<String[]> found, int field) {
        return found.stream().flatMapToInt(fields -> numbers(fields[field])).toArray();
    }

    private static IntStream numbers(String field) {
        return field.isEmpty() ? IntStream.empty() : Arrays.stream(field.split(" ")).mapToInt(Integer::parseInt);
    }

    private Optional<String[]> line(String word) {
        byte[] key = (word + "\t").getBytes(StandardCharsets.UTF_8);
        int low = words;
        int high = lines.length - 2;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int end = Math.min(lines[middle] + key.length, text.length);
            int order = Arrays.compare(text, lines[middle], end, key, 0, key.length);
            if (order == 0) {
                return Optional.of(read(middle).split("\t", -1));
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    private String read(int line) {
        return new String(text, lines[line], lines[line + 1] - 1 - lines[line], StandardCharsets.UTF_8);
    }

}
