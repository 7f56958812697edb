package dev.gatehouse.llm.answer;

/** Replaces a word, however it is split; holds no more than what may still become the word. */
final class Replacing implements StrandEditor {

    private final String word;
    private final String by;
    private String held = "";

    Replacing(String word, String by) {
        this.word = word;
        this.by = by;
    }

    @Override
    public String feed(String delta) {
        String text = held + delta;
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int found = text.indexOf(word); found >= 0; found = text.indexOf(word, at)) {
            out.append(text, at, found).append(by);
            at = found + word.length();
        }
        int open = openFrom(text, at);
        held = text.substring(open);
        return out.append(text, at, open).toString();
    }

    private int openFrom(String text, int from) {
        int open = Math.max(from, text.length() - word.length() + 1);
        while (!word.startsWith(text.substring(open))) {
            open++;
        }
        return open;
    }

    @Override
    public String end() {
        return held;
    }
}
