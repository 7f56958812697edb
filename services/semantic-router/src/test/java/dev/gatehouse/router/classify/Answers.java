package dev.gatehouse.router.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a classifier made of questions whose route is known. */
final class Answers {

    private final List<Classification> inside = new ArrayList<>();
    private final List<Classification> outside = new ArrayList<>();
    private final Map<String, List<Boolean>> byRoute = new TreeMap<>();
    private int right;
    private int kept;

    /** @param route the right one; empty for none */
    void add(String route, Classification found) {
        (route.isEmpty() ? outside : inside).add(found);
        boolean isRight = found.candidates().getFirst().route().equals(route);
        byRoute.computeIfAbsent(route, any -> new ArrayList<>()).add(isRight);
        if (isRight) {
            right++;
            kept += found.outOfScope() ? 0 : 1;
        }
    }

    double accuracy() {
        return right / (double) inside.size();
    }

    /** Each route counts the same, however often it was asked. */
    double accuracyByRoute() {
        return byRoute.entrySet().stream().filter(route -> !route.getKey().isEmpty())
                .mapToDouble(route -> route.getValue().stream().mapToInt(right -> right ? 1 : 0).average().orElseThrow()).average().orElseThrow();
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
        return "accuracy %.3f, each route the same %.3f, AUROC %.3f, kept and right %.3f, refused of none %.3f".formatted(accuracy(), accuracyByRoute(), auroc(), keptAndRight(), refusedOfNone());
    }
}
