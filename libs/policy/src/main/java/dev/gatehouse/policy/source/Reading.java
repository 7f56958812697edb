package dev.gatehouse.policy.source;

import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.document.DocumentException;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.document.Fault;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.document.Place;
import dev.gatehouse.policy.route.HttpRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One reading of all files. What cannot be read keeps its last good state: a document by its kind, namespace and name; all that came
 * from a file where a document in it does not even say what it is.
 */
final class Reading<P extends Record & Policy, C> {

    private final PolicyReader<P, C> reader;
    private final Consumer<Fault> onPassedOver;
    private final Map<DocumentKey, Item<P, C>> items = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<DocumentKey, Fault> wrongDocuments = new HashMap<>();
    private final Set<String> wrongFiles = new HashSet<>();

    Reading(PolicyKind<P> kind, Compiler<P, C> compiler, Consumer<Fault> onPassedOver) {
        this.reader = new PolicyReader<>(kind, compiler);
        this.onPassedOver = onPassedOver;
    }

    void read(String file, String text) {
        Documents parsed = Documents.parse(file, text);
        parsed.documents().forEach(document -> read(file, document));
        parsed.syntaxFault().ifPresent(fault -> unreadable(file, fault.place(), fault.message()));
    }

    void unreadable(String file, Place place, String message) {
        faults.add(new Fault(place, message));
        wrongFiles.add(file);
    }

    Library<P, C> finish(Library<P, C> before) {
        before.items().forEach((key, item) -> {
            if (wrongDocuments.containsKey(key) || wrongFiles.contains(item.place().file())) {
                items.putIfAbsent(key, item);
            }
        });
        return new Library<>(items, List.copyOf(faults), wrongDocuments);
    }

    private void read(String file, Document document) {
        Optional<DocumentKey> key = DocumentKey.of(document);
        try {
            item(document).ifPresent(item -> add(key.orElseThrow(), item));
        } catch (DocumentException e) {
            faults.add(e.fault());
            key.ifPresentOrElse(wrong -> wrongDocuments.put(wrong, e.fault()), () -> wrongFiles.add(file));
        }
    }

    private void add(DocumentKey key, Item<P, C> item) {
        Item<P, C> first = items.putIfAbsent(key, item);
        if (first != null) {
            faults.add(new Fault(item.place(), key + " is already defined in " + first.place().file() + ":" + first.place().line()));
        }
    }

    /** Empty for kinds that are not ours to read. */
    private Optional<Item<P, C>> item(Document document) {
        String name = document.text("kind").orElseThrow(() -> wrong(document, "kind", "is required"));
        String group = document.text("apiVersion").orElseThrow(() -> wrong(document, "apiVersion", "is required")).split("/")[0];
        if (name.equals(reader.kind().name())) {
            return Optional.of(new Item.OfPolicy<>(reader.read(document)));
        } else if (name.equals(HttpRoute.KIND) && group.equals(HttpRoute.GROUP)) {
            return Optional.of(route(document));
        }
        refuseWhatLooksOurs(document, name, group);
        return Optional.empty();
    }

    /** A misspelt kind or a wrapped list would otherwise leave traffic unguarded without a word. */
    private static void refuseWhatLooksOurs(Document document, String name, String group) {
        if (name.endsWith("List")) {
            throw wrong(document, "kind", "is a list; write its items as documents, with --- between them");
        }
        if (group.equals(PolicyKind.GROUP) && !PolicyKind.NAMES.contains(name)) {
            throw new DocumentException(document.fault(InvalidField.unknown("kind", "kind", name, PolicyKind.NAMES)));
        }
    }

    private Item<P, C> route(Document document) {
        Document.Bound<HttpRoute> bound = document.bindTolerantly(HttpRoute.class);
        bound.unknownFields().forEach(onPassedOver);
        return new Item.OfRoute<>(bound.value(), document.place(""));
    }

    private static DocumentException wrong(Document document, String field, String message) {
        return new DocumentException(document.fault(new InvalidField(field, message)));
    }
}
