package dev.gatehouse.llm.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ways to split a body into chunks. */
final class Split {

    private Split() {}

    static List<byte[]> bytes(byte[] body) {
        return random(body, new Random(0), 1);
    }

    static List<byte[]> at(byte[] body, int at) {
        return List.of(Arrays.copyOf(body, at), Arrays.copyOfRange(body, at, body.length));
    }

    static List<byte[]> random(byte[] body, Random random, int longest) {
        List<byte[]> chunks = new ArrayList<>();
        for (int at = 0; at < body.length;) {
            int to = Math.min(body.length, at + 1 + random.nextInt(longest));
            chunks.add(Arrays.copyOfRange(body, at, to));
            at = to;
        }
        return chunks;
    }
}
