package dev.gatehouse.text.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds a user's patterns. RE2 syntax has no back-references and no look-around, and matches in time linear in the text. Findings of
 * different patterns may overlap.
 */
public final class PatternList implements StreamingDetector {

    private record Compiled(UserPattern source, Pattern pattern, BoundedPattern bounded) {
    }

    private final String detector;
    private final List<Compiled> patterns;

    /** @throws InvalidPattern naming the first pattern that does not compile, lacks its group or matches the empty text */
    public PatternList(List<UserPattern> patterns) {
        this("pattern", patterns);
    }

    /**
     * Patterns of some other detector.
     *
     * @param detector name of the findings' detector
     * @throws InvalidPattern as above
     */
    public PatternList(String detector, List<UserPattern> patterns) {
        this.detector = detector;
        this.patterns = IntStream.range(0, patterns.size()).mapToObj(i -> compile(i, patterns.get(i))).toList();
    }

    /** The longest match any pattern declares, in UTF-16 units; a stream holds back at most that much, and only while a match is open. */
    public int maxLength() {
        return patterns.stream().mapToInt(p -> p.source.maxLength()).max().orElse(0);
    }

    /** A match longer than its pattern's {@code maxLength} is cut there; {@link #scan} does not cut. */
    @Override
    public DetectorStream open() {
        return new PatternStream(detector, patterns.stream().map(Compiled::source).toList(), patterns.stream().map(Compiled::bounded).toList());
    }

    @Override
    public List<Finding> scan(String text) {
        List<Finding> found = new ArrayList<>();
        patterns.forEach(pattern -> scan(pattern, text, found));
        found.sort(Comparator.comparingInt(Finding::start));
        return List.copyOf(found);
    }

    private void scan(Compiled compiled, String text, List<Finding> found) {
        Matcher matcher = compiled.pattern.matcher(text);
        while (matcher.find()) {
            UserPattern source = compiled.source;
            int group = source.group();
            if (matcher.end(group) > matcher.start(group)) {
                found.add(new Finding(detector, source.name(), source.score(), matcher.start(group), matcher.end(group)));
            }
        }
    }

    private static Compiled compile(int index, UserPattern source) {
        try {
            Pattern pattern = Pattern.compile(source.regex());
            if (pattern.matches("")) {
                throw new InvalidPattern(index, source.name(), "matches the empty text");
            }
            if (source.group() < 0 || source.group() > pattern.groupCount()) {
                throw new InvalidPattern(index, source.name(), "has no group " + source.group());
            }
            return new Compiled(source, pattern, BoundedPattern.of(pattern, source.maxLength()));
        } catch (PatternSyntaxException e) {
            throw new InvalidPattern(index, source.name(), e.getMessage());
        }
    }
}
