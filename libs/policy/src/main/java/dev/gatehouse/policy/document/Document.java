package dev.gatehouse.policy.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One parsed document, with the place of each of its fields. */
public final class Document {

    /** What a document was read as, and the fields in it that nobody knows (only where they are tolerated). */
    public record Bound<R>(R value, List<Fault> unknownFields) {}

    private final String file;
    private final Node root;
    private final boolean hasLines;

    Document(String file, Node root, boolean hasLines) {
        this.file = file;
        this.root = root;
        this.hasLines = hasLines;
    }

    /** The scalar at a path, e.g. {@code metadata.name}, as written. */
    public Optional<String> text(String path) {
        return find(path).filter(ScalarNode.class::isInstance).map(node -> ((ScalarNode) node).getValue());
    }

    /**
     * Reads the document; a field that the record does not have is refused.
     *
     * @throws DocumentException naming the first fault
     */
    public <R extends Record> R bind(Class<R> type) {
        return new Binder(this, fault -> {
            throw new DocumentException(fault);
        }).bindRecord(root, type, "");
    }

    /** Reads a document that is somebody else's, whose further fields do not concern us. */
    public <R extends Record> Bound<R> bindTolerantly(Class<R> type) {
        List<Fault> unknown = new ArrayList<>();
        return new Bound<>(new Binder(this, unknown::add).bindRecord(root, type, ""), unknown);
    }

    /** Where a field stands, or, if it is not there, the deepest of its parents that is. */
    public Place place(String field) {
        Node node = root;
        for (String step : steps(field)) {
            Node next = child(node, step);
            if (next == null) {
                break;
            }
            node = next;
        }
        return place(node, field);
    }

    /** What a record or a compiler says about a field, with its place. */
    public Fault fault(InvalidField invalid) {
        return new Fault(place(invalid.field()), invalid.reason());
    }

    Place place(Node node, String field) {
        return hasLines ? new Place(file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, field) : new Place(file, 0, 0, field);
    }

    private Optional<Node> find(String path) {
        Node node = root;
        for (String step : steps(path)) {
            node = node == null ? null : child(node, step);
        }
        return Optional.ofNullable(node);
    }

    /** The steps of a path: member names, and indices with a {@code [} before them. */
    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        for (String part : path.replace("[", ".[").replace("]", "").split("\\.")) {
            if (!part.isEmpty()) {
                steps.add(part);
            }
        }
        return steps;
    }

    private static Node child(Node node, String step) {
        if (node instanceof SequenceNode sequence && step.startsWith("[")) {
            int index = Integer.parseInt(step.substring(1));
            return index < sequence.getValue().size() ? sequence.getValue().get(index) : null;
        }
        return node instanceof MappingNode mapping ? member(mapping, step) : null;
    }

    private static Node member(MappingNode mapping, String name) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
                return tuple.getValueNode();
            }
        }
        return null;
    }
}
