package dev.gatehouse.text.view;

/** A text and where its characters came from. */
record MappedText(String text, OffsetMap map) {

    static MappedText original(String text) {
        return new MappedText(text, OffsetMap.IDENTITY);
    }
}
