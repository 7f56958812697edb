package dev.gatehouse.guard.inspect;

import dev.gatehouse.guard.compile.CompiledRule;
import dev.gatehouse.guard.prompt.Piece;
import dev.gatehouse.text.Finding;

/** A rule's finding in one text of the prompt; never holds the matched text beyond the piece it stands in. */
public record Hit(CompiledRule rule, Piece piece, Finding finding) {

    public Verdict verdict() {
        return rule.effect();
    }
}
