package dev.gatehouse.crd;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the Javadoc of records and enums says, by class and member, as plain text. */
final class Documentation {

    private final Map<String, String> texts = new HashMap<>();

    private Documentation() {}

    /** Reads all sources under these folders; nothing is compiled. */
    static Documentation of(List<Path> folders) {
        Documentation documentation = new Documentation();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = folders.stream().flatMap(Documentation::sources).toList();
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            Reader reader = documentation.new Reader(DocTrees.instance(task));
            task.parse().forEach(unit -> reader.scan(unit, unit.getPackageName().toString() + "."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documentation;
    }

    /** What is said of a type itself. */
    Optional<String> of(Class<?> type) {
        return Optional.ofNullable(texts.get(type.getName()));
    }

    /** What is said of a record's component or an enum's constant. */
    Optional<String> of(Class<?> type, String member) {
        return Optional.ofNullable(texts.get(type.getName() + "#" + member));
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plain(List<? extends DocTree> trees) {
        return trees.stream().map(Documentation::plain).collect(Collectors.joining()).replaceAll("\\s+", " ").strip();
    }

    private static String plain(DocTree tree) {
        return switch (tree) {
            case LiteralTree literal -> literal.getBody().getBody();
            case LinkTree link -> link.getLabel().isEmpty() ? link.getReference().getSignature().replaceFirst("^.*#", "").replaceFirst("\\(.*", "")
                    : plain(link.getLabel());
            default -> tree.getKind() == DocTree.Kind.TEXT ? tree.toString() : " ";
        };
    }

    /** Goes through a source with the name of what is around it, ended by a dot or a dollar sign. */
    private final class Reader extends TreePathScanner<Void, String> {

        private final DocTrees trees;

        Reader(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, String around) {
            String name = around + type.getSimpleName();
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment != null) {
                texts.put(name, plain(comment.getFullBody()));
                comment.getBlockTags().stream().filter(ParamTree.class::isInstance).map(ParamTree.class::cast)
                        .forEach(param -> texts.put(name + "#" + param.getName(), plain(param.getDescription())));
            }
            return super.visitClass(type, name + "$");
        }

        @Override
        public Void visitVariable(VariableTree variable, String around) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            if (comment != null && parent.getKind() == Tree.Kind.ENUM) {
                texts.put(around.substring(0, around.length() - 1) + "#" + variable.getName(), plain(comment.getFullBody()));
            }
            return super.visitVariable(variable, around);
        }
    }
}
