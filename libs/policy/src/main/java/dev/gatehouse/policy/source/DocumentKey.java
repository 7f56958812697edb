package dev.gatehouse.policy.source;

import dev.gatehouse.policy.document.Document;
import java.util.Optional;

/** Which object a document is about. */
record DocumentKey(String kind, String namespace, String name) {

    /** By the document's own words, however wrong the rest of it is; empty if it does not say. */
    static Optional<DocumentKey> of(Document document) {
        return document.text("kind").flatMap(kind -> document.text("metadata.name")
                .map(name -> new DocumentKey(kind, document.text("metadata.namespace").orElse("default"), name)));
    }

    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}
