package dev.gatehouse.tokens;

/** The beginning of a request's texts, a line end between them. Not for several threads. */
final class Sample {

    private final StringBuilder text = new StringBuilder();

    void add(String part) {
        if (!text.isEmpty() && text.length() < OwnTokenizers.BESIDE) {
            text.append('\n');
        }
        text.append(part, 0, Math.min(part.length(), OwnTokenizers.BESIDE - text.length()));
    }

    String text() {
        return text.toString();
    }
}
