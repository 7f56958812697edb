package dev.gatehouse.risk.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.Optional;

/**
 * A JSON Schema, ready to judge texts. Thread-safe. References to other documents are never fetched, patterns are RE2, and a validation
 * that takes more than a bounded number of steps ends.
 */
public final class OutputSchema {

    private static final int MAX_NESTING = 200;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build()).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final ExecutionConfig FIRST_ERROR = ExecutionConfig.builder().failFast(true).build();

    private final Schema schema;

    private OutputSchema(Schema schema) {
        this.schema = schema;
    }

    /** Why a text is not what the schema says. */
    public enum Fault {
        /** It is no JSON, or more than one value, or has a key twice, or is nested too deep. */ NOT_JSON,
        /** It is another value than the schema describes. */ NOT_VALID,
        /** Judging it would take too long. */ NOT_JUDGED
    }

    /**
     * @param text JSON Schema as JSON text; drafts 4 to 2020-12 by {@code $schema}, 2020-12 without
     * @throws IllegalArgumentException if it is no schema; says why without repeating it
     */
    public static OutputSchema parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            SchemaRegistryConfig config = SchemaRegistryConfig.builder().regularExpressionFactory(new LinearExpressions()).failFast(true).build();
            SpecificationVersion draft = SpecificationVersion.fromSchemaNode(node).orElse(SpecificationVersion.DRAFT_2020_12);
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(draft,
                    builder -> builder.schemaRegistryConfig(config).schemaLoader(loader -> loader.fetchRemoteResources(false).block(iri -> true)));
            Schema schema = registry.getSchema(node);
            schema.initializeValidators();
            return new OutputSchema(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no JSON (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")", e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new IllegalArgumentException("is no JSON Schema that can be used: patterns must be RE2, references must stay in the schema", e);
        }
    }

    /** What is wrong with a text; empty when nothing is. */
    public Optional<Fault> fault(String text) {
        try {
            return valid(JSON.readTree(text)) ? Optional.empty() : Optional.of(Fault.NOT_VALID);
        } catch (JsonProcessingException e) {
            return Optional.of(Fault.NOT_JSON);
        } catch (BoundedSteps.Exceeded | StackOverflowError e) {
            return Optional.of(Fault.NOT_JUDGED);
        }
    }

    private boolean valid(JsonNode node) {
        if (node.isMissingNode()) {
            return false;
        }
        BoundedSteps steps = new BoundedSteps();
        steps.setExecutionConfig(FIRST_ERROR);
        return schema.validate(steps, node, OutputFormat.BOOLEAN);
    }
}
