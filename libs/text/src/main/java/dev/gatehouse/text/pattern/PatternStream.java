package dev.gatehouse.text.pattern;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.GrowingText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A user's patterns in one growing text. */
final class PatternStream implements DetectorStream {

    private final GrowingText text = new GrowingText();
    private final String detector;
    private final List<UserPattern> patterns;
    private final List<Matches> matches;

    PatternStream(String detector, List<UserPattern> patterns, List<BoundedPattern> bounded) {
        this.detector = detector;
        this.patterns = patterns;
        matches = bounded.stream().map(pattern -> pattern.in(text)).toList();
    }

    @Override
    public Progress feed(CharSequence delta) {
        text.append(delta);
        return read();
    }

    @Override
    public Progress end() {
        text.end();
        return read();
    }

    private Progress read() {
        List<Finding> found = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            for (Matches.Match match = matches.get(i).next(); match != null; match = matches.get(i).next()) {
                add(patterns.get(i), match, found);
            }
        }
        found.sort(Comparator.comparingInt(Finding::start));
        int settled = IntStream.range(0, matches.size()).map(i -> matches.get(i).settled()).min().orElse(text.length());
        text.forgetBefore(Math.max(0, settled - Matches.LOOK_BEHIND));
        return new Progress(found, settled);
    }

    private void add(UserPattern pattern, Matches.Match match, List<Finding> found) {
        int start = match.starts()[pattern.group()];
        int end = match.ends()[pattern.group()];
        if (end > start) {
            found.add(new Finding(detector, pattern.name(), pattern.score(), start, end));
        }
    }
}
