package dev.gatehouse.text.view;

import java.util.ArrayList;
import java.util.List;

/** Looks for every kind of payload that the survey does not rule out. */
final class Payloads {

    private Payloads() {
    }

    static List<Payload> find(String text, Survey survey) {
        List<Payload> found = new ArrayList<>();
        if (survey.longestRun() >= EncodedRuns.SHORTEST) {
            found.addAll(EncodedRuns.find(text));
        }
        if (survey.codeSigns() >= SpacedCodes.SHORTEST) {
            found.addAll(SpacedCodes.bitsAndMorse(text));
        }
        if (survey.hexPairs() >= SpacedCodes.SHORTEST_PAIRS) {
            found.addAll(SpacedCodes.hexPairs(text));
        }
        found.addAll(Ciphers.find(text));
        return found;
    }
}
