package dev.gatehouse.embedding;

import dev.gatehouse.exchange.KeyedHash;
import java.util.List;

/** What stands for the exact text that was embedded: two texts that differ in anything differ in it, and nobody without the key can guess one. */
record TextHash(KeyedHash hash) {

    String of(String text) {
        return hash.hexOfParts(List.of("embedding", text));
    }
}
