package dev.gatehouse.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the model says: always the same for the same request.
 *
 * @param model        the model's name, as asked for
 * @param tokens       the text in pieces of a word each, with the white space before it; joined they are the text
 * @param promptTokens words of the echoed text
 * @param withUsage    whether a stream of chat completions ends with a usage chunk
 */
record Answer(String model, List<String> tokens, int promptTokens, boolean withUsage) {

    static Answer to(String model, String received, int length, boolean withUsage) {
        List<String> tokens = tokens("You said: " + received);
        return new Answer(model, length == 0 ? tokens : fit(tokens, length), tokens.size() - 2, withUsage);
    }

    /** An answer of its own words. */
    static Answer saying(String model, String received, String text, boolean withUsage) {
        return new Answer(model, tokens(text), tokens(received).size(), withUsage);
    }

    /** An answer of one word, so many times over. */
    static Answer ofNothingBut(String model, String received, int length, boolean withUsage) {
        return new Answer(model, Collections.nCopies(length, " more"), tokens(received).size(), withUsage);
    }

    String text() {
        return String.join("", tokens);
    }

    int completionTokens() {
        return tokens.size();
    }

    int totalTokens() {
        return promptTokens + completionTokens();
    }

    private static List<String> fit(List<String> tokens, int length) {
        List<String> fitted = new ArrayList<>(tokens.subList(0, Math.min(tokens.size(), length)));
        fitted.addAll(Collections.nCopies(length - fitted.size(), " more"));
        return fitted;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i)) && !Character.isWhitespace(text.charAt(i - 1))) {
                tokens.add(text.substring(start, i));
                start = i;
            }
        }
        tokens.add(text.substring(start));
        return tokens;
    }
}
