package dev.gatehouse.text.stream;

import dev.gatehouse.text.Detector;
import java.util.List;

/** Keeps the text and scans it at its end. */
final class WholeTextStream implements DetectorStream {

    private final Detector detector;
    private final StringBuilder text = new StringBuilder();

    WholeTextStream(Detector detector) {
        this.detector = detector;
    }

    @Override
    public Progress feed(CharSequence delta) {
        text.append(delta);
        return new Progress(List.of(), 0);
    }

    @Override
    public Progress end() {
        return new Progress(detector.scan(text.toString()), text.length());
    }
}
