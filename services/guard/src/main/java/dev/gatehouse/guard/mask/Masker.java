package dev.gatehouse.guard.mask;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.Placeholders;
import dev.gatehouse.guard.inspect.Hit;
import dev.gatehouse.guard.prompt.Piece;
import dev.gatehouse.policy.guard.MaskStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Replaces what was found in the texts of one exchange. Overlapping findings are replaced as one, in the way of the surest.
 *
 * @param placeholders the exchange's own
 * @param hash         the service's keyed hash
 */
public record Masker(Placeholders placeholders, KeyedHash hash) {

    private record Stretch(int start, int end, Hit surest) {
        Stretch plus(Hit hit) {
            boolean surer = hit.finding().score() > surest.finding().score();
            return new Stretch(start, Math.max(end, hit.finding().end()), surer ? hit : surest);
        }
    }

    /** The new texts of those pieces that have hits. The whole prompt is given, for the look-alikes that the client wrote. */
    public Map<Piece, String> mask(List<Piece> prompt, List<Hit> hits) {
        Set<String> types = numberedTypes(hits);
        prompt.forEach(piece -> placeholders.reserveFrom(piece.text(), types));
        Map<Piece, List<Hit>> byPiece = new IdentityHashMap<>();
        hits.forEach(hit -> byPiece.computeIfAbsent(hit.piece(), piece -> new ArrayList<>()).add(hit));
        Map<Piece, String> masked = new IdentityHashMap<>();
        prompt.stream().filter(byPiece::containsKey).forEach(piece -> masked.put(piece, mask(piece.text(), byPiece.get(piece))));
        return masked;
    }

    private static Set<String> numberedTypes(List<Hit> hits) {
        return hits.stream().filter(hit -> hit.rule().style() == MaskStyle.Placeholder).map(Masker::type).collect(Collectors.toSet());
    }

    private String mask(String text, List<Hit> hits) {
        StringBuilder masked = new StringBuilder(text.length());
        int from = 0;
        for (Stretch stretch : stretches(hits)) {
            masked.append(text, from, stretch.start());
            masked.append(replacement(stretch.surest(), text.substring(stretch.start(), stretch.end())));
            from = stretch.end();
        }
        return masked.append(text, from, text.length()).toString();
    }

    private static List<Stretch> stretches(List<Hit> hits) {
        List<Hit> sorted = hits.stream().sorted(Comparator.comparingInt(hit -> hit.finding().start())).toList();
        List<Stretch> stretches = new ArrayList<>();
        for (Hit hit : sorted) {
            Stretch last = stretches.isEmpty() ? null : stretches.getLast();
            if (last != null && hit.finding().start() < last.end()) {
                stretches.set(stretches.size() - 1, last.plus(hit));
            } else {
                stretches.add(new Stretch(hit.finding().start(), hit.finding().end(), hit));
            }
        }
        return stretches;
    }

    private String replacement(Hit hit, String value) {
        return switch (hit.rule().style()) {
            case Placeholder -> placeholders.of(type(hit), value);
            case Redact -> "[REDACTED_" + type(hit) + "]";
            case Hash -> "[" + type(hit) + ":" + hash.shortHex(value) + "]";
            case Partial -> Partial.mask(value);
        };
    }

    private static String type(Hit hit) {
        return hit.finding().category().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
