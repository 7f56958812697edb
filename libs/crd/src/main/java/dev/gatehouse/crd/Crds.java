package dev.gatehouse.crd;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.crdv2.generator.ResolvingContext;
import io.fabric8.crdv2.generator.v1.JsonSchema;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes the CRDs and their reference, and writes them where chart and documentation have them. */
public final class Crds {

    private final Refinement refinement;
    private final ObjectMapper mapper = JsonMapper.builder()
            .typeFactory(TypeFactory.defaultInstance().withModifier(new PlainTypes()))
            .visibility(PropertyAccessor.ALL, Visibility.NONE).visibility(PropertyAccessor.FIELD, Visibility.ANY).build();
    private final KubernetesSerialization serialization = new KubernetesSerialization(mapper, false);

    private Crds(Path repository) {
        this.refinement = new Refinement(Documentation.of(List.of(
                repository.resolve("libs/policy/src/main/java"), repository.resolve("libs/exchange/src/main/java"),
                repository.resolve("libs/crd/src/main/java"))));
    }

    /** @param arguments the repository's root */
    public static void main(String[] arguments) throws IOException {
        Path repository = Path.of(arguments[0]);
        for (Map.Entry<Path, String> file : files(repository).entrySet()) {
            Files.createDirectories(file.getKey().getParent());
            Files.writeString(file.getKey(), file.getValue());
        }
    }

    /** Where the chart has them. */
    public static Path folder(Path repository) {
        return repository.resolve(Path.of("helm", "gatehouse-crds", "templates"));
    }

    /** What is made, by the file that it belongs into: the CRDs, and their reference. @param repository the root, whose sources hold the descriptions */
    public static Map<Path, String> files(Path repository) {
        Crds crds = new Crds(repository);
        Map<Path, String> files = new TreeMap<>();
        Definition.ALL.forEach(definition -> files.put(folder(repository).resolve(definition.plural() + ".yaml"), crds.yaml(definition)));
        List<CustomResourceDefinition> all = Definition.ALL.stream()
                .map(definition -> files.get(folder(repository).resolve(definition.plural() + ".yaml")))
                .map(yaml -> crds.serialization.unmarshal(yaml, CustomResourceDefinition.class)).toList();
        files.put(repository.resolve(Path.of("docs", "policy-reference.md")), Reference.of(all));
        return files;
    }

    private String yaml(Definition definition) {
        Memory memory = new Memory();
        new CRDGenerator().customResources(definition.info()).withObjectMapper(mapper, serialization)
                .withPostProcessor(new Finish(definition)).withOutput(memory).generate();
        return memory.text();
    }

    private JSONSchemaProps status() {
        JSONSchemaProps status = new JsonSchema(new ResolvingContext(mapper, serialization, false), PolicyAncestors.class).getSchema();
        refinement.refine(status, PolicyAncestors.class);
        return status;
    }

    /** Adds what the kind's record does not hold: the status, columns, and what the types and the Javadoc say. */
    private final class Finish implements CRDPostProcessor {

        private final Definition definition;

        Finish(Definition definition) {
            this.definition = definition;
        }

        @Override
        public HasMetadata process(HasMetadata generated, String version) {
            CustomResourceDefinition crd = (CustomResourceDefinition) generated;
            CustomResourceDefinitionVersion only = crd.getSpec().getVersions().getFirst();
            JSONSchemaProps schema = only.getSchema().getOpenAPIV3Schema();
            refinement.refine(schema, definition.type());
            schema.getProperties().put("status", status());
            schema.setRequired(List.of("spec"));
            only.setAdditionalPrinterColumns(Columns.of(definition));
            return crd;
        }
    }

    /** Columns of {@code kubectl get}. */
    private static final class Columns {

        /** A column shows one value only: the first target's, and with {@code -o wide} the list as it is. */
        private static final List<CustomResourceColumnDefinition> TARGETS = List.of(
                column("Kind", ".spec.targetRefs[0].kind"), column("Target", ".spec.targetRefs[0].name"),
                new CustomResourceColumnDefinitionBuilder(column("Targets", ".spec.targetRefs")).withPriority(1).build());
        private static final CustomResourceColumnDefinition AGE =
                new CustomResourceColumnDefinitionBuilder(column("Age", ".metadata.creationTimestamp")).withType("date").build();

        static List<CustomResourceColumnDefinition> of(Definition definition) {
            Stream<CustomResourceColumnDefinition> about = definition.hasTargets() ? TARGETS.stream() : Stream.of(column("Policy", ".spec.policy"));
            return Stream.concat(about, Stream.of(condition("Accepted"), condition("Programmed"), AGE)).toList();
        }

        private static CustomResourceColumnDefinition condition(String type) {
            return column(type, ".status.ancestors[*].conditions[?(@.type==\"" + type + "\")].status");
        }

        private static CustomResourceColumnDefinition column(String name, String path) {
            return new CustomResourceColumnDefinitionBuilder().withName(name).withType("string").withJsonPath(path).build();
        }
    }

    /** Keeps what the generator writes. */
    private static final class Memory implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public ByteArrayOutputStream outputFor(String name) {
            return written;
        }

        @Override
        public void close() {}

        String text() {
            return written.toString(StandardCharsets.UTF_8);
        }
    }
}
