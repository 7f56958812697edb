package dev.gatehouse.text.stream;

import dev.gatehouse.text.Detector;
import dev.gatehouse.text.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A detector that also reads a text while it grows. Immutable and thread-safe; each text has a stream of its own. */
public interface StreamingDetector extends Detector {

    /** A stream at the start of a text. */
    DetectorStream open();

    /** The whole text, as one delta. */
    @Override
    default List<Finding> scan(String text) {
        DetectorStream stream = open();
        List<Finding> found = new ArrayList<>(stream.feed(text).findings());
        found.addAll(stream.end().findings());
        found.sort(Comparator.comparingInt(Finding::start).thenComparingInt(Finding::end));
        return List.copyOf(found);
    }

    /** A detector that can only judge a whole text: its stream settles nothing before the end. */
    static StreamingDetector atEnd(Detector detector) {
        return () -> new WholeTextStream(detector);
    }
}
