package dev.gatehouse.it.limit;

import java.util.Random;

/**
 * One streamed chat completion and how it is to go.
 *
 * @param id     of the request, in {@code x-request-id}
 * @param words  of the prompt
 * @param tokens of the answer
 * @param usage  whether the client asks for the usage
 * @param fate   how it ends
 * @param after  events after which it ends so: the first has a role only, then a token each
 */
record Exchange(String id, int words, int tokens, boolean usage, Fate fate, int after) {

    /** How an exchange ends. */
    enum Fate {
        /** The client reads all of it. */ WHOLE,
        /** The model stalls, and the client goes once it has read what came. */ ABORTED,
        /** The client goes while the model goes on sending. */ ABORTED_IN_FLIGHT,
        /** The model's connection breaks. */ DIED,
        /** The model answers with an error. */ FAILED
    }

    /** OpenAI's rule for chats: four for the message, its role included, and three for the answer to come. */
    private static final int TEMPLATE = 7;

    /** A third is aborted, one in twenty dies, one in twenty fails. */
    static Exchange random(int number, Random random, Fate abort) {
        int tokens = 1 + random.nextInt(40);
        int of = random.nextInt(60);
        Fate fate = of < 20 ? abort : of < 23 ? Fate.DIED : of < 26 ? Fate.FAILED : Fate.WHOLE;
        return new Exchange("exchange-" + number, 1 + random.nextInt(20), tokens, random.nextBoolean(), fate, random.nextInt(tokens + 2));
    }

    /** What the provider reports where it does, else what the prompt has by its rules; nothing where there was no answer at all. */
    long input() {
        return switch (fate) {
            case FAILED -> 0;
            case DIED -> after == 0 ? 0 : words + TEMPLATE;
            case WHOLE -> usage ? words : words + TEMPLATE;
            default -> words + TEMPLATE;
        };
    }

    /** Tokens of the answer in so many events. */
    long output(int events) {
        return fate == Fate.FAILED ? 0 : Math.clamp(events - 1L, 0, tokens);
    }

    String body() {
        String prompt = " more".repeat(words).strip();
        String options = usage ? ",\"stream_options\":{\"include_usage\":true}" : "";
        return "{\"model\":\"gpt-4o\",\"stream\":true" + options + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}";
    }
}
