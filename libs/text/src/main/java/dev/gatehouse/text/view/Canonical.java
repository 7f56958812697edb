package dev.gatehouse.text.view;

/**
 * The canonical reading of a text.
 *
 * @param visible the text after escapes were undone, before anything vanished; hidden payloads are looked for here
 * @param folded  the canonical reading
 * @param survey  of the canonical reading
 */
record Canonical(MappedText visible, MappedText folded, Survey survey) {

    static Canonical of(MappedText source) {
        Survey survey = Survey.of(source.text());
        if (!survey.escapes()) {
            return fold(source, survey);
        }
        MappedText unescaped = Escapes.undo(source);
        return fold(unescaped, unescaped == source ? survey : Survey.of(unescaped.text()));
    }

    private static Canonical fold(MappedText visible, Survey survey) {
        if (!survey.nonAscii()) {
            return join(visible, visible, survey);
        }
        MappedText plain = CodePointFold.fold(visible);
        MappedText folded = LookAlikes.occurIn(plain.text()) ? LookAlikes.fold(plain) : plain;
        return join(visible, folded, folded == visible ? survey : Survey.of(folded.text()));
    }

    private static Canonical join(MappedText visible, MappedText folded, Survey survey) {
        if (!survey.spaced()) {
            return new Canonical(visible, folded, survey);
        }
        MappedText joined = Spacing.join(folded);
        return new Canonical(visible, joined, Survey.of(joined.text()));
    }
}
