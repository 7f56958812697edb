package dev.gatehouse.router.classify;

import java.util.ArrayList;
import java.util.List;

/** What a classifier made of questions whose route is known. */
final class Answers {

    private final List<Classification> inside = new ArrayList<>();
    private final List<Classification> outside = new ArrayList<>();
    private int right;
    private int kept;

    /** @param route the right one; empty for none */
    void add(String route, Classification found) {
        (route.isEmpty() ? outside : inside).add(found);
        if (found.candidates().getFirst().route().equals(route)) {
            right++;
            kept += found.outOfScope() ? 0 : 1;
        }
    }

    double accuracy() {
        return right / (double) inside.size();
    }

    double keptAndRight() {
        return kept / (double) inside.size();
    }

    double refusedOfNone() {
        return outside.stream().filter(Classification::outOfScope).count() / (double) outside.size();
    }

    double auroc() {
        double above = 0;
        for (Classification in : inside) {
            above += outside.stream().mapToDouble(out -> in.score() > out.score() ? 1 : in.score() == out.score() ? 0.5 : 0).sum();
        }
        return above / inside.size() / outside.size();
    }

    @Override
    public String toString() {
        return "accuracy %.3f, AUROC %.3f, kept and right %.3f, refused of none %.3f".formatted(accuracy(), auroc(), keptAndRight(), refusedOfNone());
    }
}
