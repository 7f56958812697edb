package dev.gatehouse.guard.inspect;

import dev.gatehouse.guard.compile.CompiledGuard;
import dev.gatehouse.guard.compile.CompiledRule;
import dev.gatehouse.guard.prompt.Piece;
import dev.gatehouse.policy.guard.Uninspectable.Content;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.view.InspectedText;
import java.util.ArrayList;
import java.util.List;

/** Runs a policy's rules over texts. Each text's readings are made once and shared by all rules. */
public final class Inspector {

    private static final String NOT_DECODED = "holds more encoded text than can be decoded";

    private Inspector() {}

    /**
     * What the rules find in these texts.
     *
     * @throws InterruptedException when the exchange timed out meanwhile: the work stops between two rules
     */
    public static Judgement inspect(CompiledGuard guard, List<Piece> pieces) throws InterruptedException {
        List<Hit> hits = new ArrayList<>();
        List<Objection> objections = new ArrayList<>();
        for (Piece piece : pieces) {
            InspectedText text = InspectedText.of(piece.text());
            boolean read = inspect(guard.rules(), piece, text, hits);
            if (read && !text.complete()) {
                objections.add(new Objection("uninspectable_content", 400, Content.encodedBodies.name(), piece.path(), NOT_DECODED,
                        guard.when(Content.encodedBodies)));
            }
        }
        Found found = Found.of(hits);
        for (Seam seam : Seams.between(pieces)) {
            inspect(guard.rules(), seam, found, hits);
        }
        return new Judgement(hits, objections);
    }

    private static void inspect(List<CompiledRule> rules, Seam seam, Found found, List<Hit> hits) throws InterruptedException {
        InspectedText text = InspectedText.of(seam.text());
        for (CompiledRule rule : rules) {
            if (rule.readsAcross() && seam.first().isReadBy(rule.reads())) {
                stopIfInterrupted();
                rule.findings(text).forEach(finding -> hits.addAll(seam.hits(rule, finding, found)));
            }
        }
    }

    private static boolean inspect(List<CompiledRule> rules, Piece piece, InspectedText text, List<Hit> hits) throws InterruptedException {
        boolean read = false;
        for (CompiledRule rule : rules) {
            if (piece.isReadBy(rule.reads())) {
                read = true;
                stopIfInterrupted();
                for (Finding finding : rule.findings(text)) {
                    hits.add(new Hit(rule, piece, finding));
                }
            }
        }
        return read;
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("inspection was stopped");
        }
    }
}
