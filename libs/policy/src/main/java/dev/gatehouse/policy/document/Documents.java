package dev.gatehouse.policy.document;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The documents of one file.
 *
 * @param documents   those that could be parsed, in order; empty ones left out
 * @param syntaxFault what ended the parsing, if not the end of the file
 */
public record Documents(List<Document> documents, Optional<Fault> syntaxFault) {

    /** The most code points of one file. */
    public static final int MAX_CODE_POINTS = 4 << 20;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_ALIASES = 50;

    /** Reads YAML (several documents, {@code ---} between them) or JSON; aliases, depth and size are bounded. */
    public static Documents parse(String file, String text) {
        List<Document> documents = new ArrayList<>();
        try {
            Composer composer = composer(file.endsWith(".json") ? text.replace('\t', ' ') : text);
            while (composer.checkNode()) {
                add(documents, file, composer.getNode());
            }
            return new Documents(documents, Optional.empty());
        } catch (MarkedYAMLException e) {
            return new Documents(documents, Optional.of(fault(file, e)));
        } catch (YAMLException e) {
            return new Documents(documents, Optional.of(new Fault(new Place(file, 1, 1, ""), firstLine(e.getMessage()))));
        }
    }

    /**
     * An object that an API server holds.
     *
     * @param name how its faults call it
     * @param json as read from the server
     * @throws DocumentException when the text is no single document within the bounds
     */
    public static Document object(String name, String json) {
        try {
            Node root = composer(json).getSingleNode();
            if (root != null && !Scalars.isNull(root)) {
                return new Document(name, root, false);
            }
            throw new DocumentException(new Fault(new Place(name, 0, 0, ""), "is empty"));
        } catch (YAMLException e) {
            throw new DocumentException(new Fault(new Place(name, 0, 0, ""), firstLine(e.getMessage())));
        }
    }

    private static void add(List<Document> documents, String file, Node node) {
        if (!Scalars.isNull(node)) {
            documents.add(new Document(file, node, true));
        }
    }

    private static Composer composer(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        return new Composer(new ParserImpl(new StreamReader(new StringReader(text)), options), new PlainTags(), options);
    }

    private static Fault fault(String file, MarkedYAMLException e) {
        int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
        int column = e.getProblemMark() == null ? 1 : e.getProblemMark().getColumn() + 1;
        return new Fault(new Place(file, line, column, ""), firstLine(e.getProblem()));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("cannot be parsed");
    }

    /** Leaves the meaning of plain scalars to {@link Scalars} (YAML 1.2); SnakeYAML's own tags are those of YAML 1.1. */
    private static final class PlainTags extends Resolver {
        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return kind == NodeId.scalar ? Tag.STR : super.resolve(kind, value, implicit);
        }
    }
}
