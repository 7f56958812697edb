package dev.gatehouse.guard.inspect;

import dev.gatehouse.guard.prompt.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * The neighbourhoods of the borders between the texts of one message. Providers and chat templates put these together, so what is
 * cut in two at a border reaches the model whole. Neighbourhoods that overlap are one: together they are no longer than the texts.
 */
final class Seams {

    /** Characters on either side of a border that are read together. */
    private static final int REACH = 256;

    private final List<Seam> closed = new ArrayList<>();
    private List<Seam.Stretch> open = new ArrayList<>();
    private int length;

    private Seams() {}

    static List<Seam> between(List<Piece> pieces) {
        Seams seams = new Seams();
        Piece before = null;
        for (Piece piece : pieces) {
            if (before != null && !piece.continues(before)) {
                seams.close();
            }
            seams.add(piece);
            before = piece;
        }
        seams.close();
        return seams.closed;
    }

    private void add(Piece piece) {
        int end = piece.text().length();
        if (end > 2 * REACH) {
            add(piece, 0, REACH);
            close();
            add(piece, end - REACH, end);
        } else if (end > 0) {
            add(piece, 0, end);
        }
    }

    private void add(Piece piece, int start, int end) {
        open.add(new Seam.Stretch(piece, start, end, length));
        length += end - start;
    }

    private void close() {
        if (open.size() > 1) {
            closed.add(new Seam(open));
        }
        open = new ArrayList<>();
        length = 0;
    }
}
