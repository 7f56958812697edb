package dev.gatehouse.ratelimit.compile;

import dev.gatehouse.cel.Declarations;
import dev.gatehouse.cel.VariableType;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables of a policy's expressions; docs/ratelimit.md lists them. */
public final class Variables {

    public static final String METHOD = "request.method";
    public static final String PATH = "request.path";
    public static final String HOST = "request.host";
    public static final String HEADERS = "request.headers";
    public static final String SIZE = "request.size";
    public static final String MODEL = "model";
    public static final String STREAM = "stream";
    public static final String PRINCIPAL = "identity.principal";
    public static final String TENANT = "identity.tenant";
    public static final String METADATA = "metadata";
    public static final String INPUT = "input_tokens";
    public static final String OUTPUT = "output_tokens";
    public static final String TOTAL = "total_tokens";
    public static final String CACHED = "cached_tokens";
    public static final String CACHE_WRITE = "cache_write_tokens";
    public static final String REASONING = "reasoning_tokens";
    public static final String AUDIO_INPUT = "audio_input_tokens";
    public static final String AUDIO_OUTPUT = "audio_output_tokens";
    public static final String PRICE_INPUT = "price.input";
    public static final String PRICE_OUTPUT = "price.output";

    /** What is known of a request before anything was counted: for keys. */
    static final Declarations OF_REQUEST = new Declarations(ofRequest());
    /** And its counted input: for conditions. */
    static final Declarations OF_CONDITION = new Declarations(with(ofRequest(), INPUT));
    /** And all that is known in the end, or estimated before: for costs. */
    static final Declarations OF_COST = new Declarations(ofCost());

    private Variables() {}

    private static Map<String, VariableType> ofRequest() {
        Map<String, VariableType> types = new LinkedHashMap<>();
        types.put(METHOD, VariableType.TEXT);
        types.put(PATH, VariableType.TEXT);
        types.put(HOST, VariableType.TEXT);
        types.put(HEADERS, VariableType.TEXTS);
        types.put(SIZE, VariableType.INTEGER);
        types.put(MODEL, VariableType.TEXT);
        types.put(STREAM, VariableType.BOOLEAN);
        types.put(PRINCIPAL, VariableType.TEXT);
        types.put(TENANT, VariableType.TEXT);
        types.put(METADATA, VariableType.TREE);
        return types;
    }

    private static Map<String, VariableType> ofCost() {
        Map<String, VariableType> types =
                with(ofRequest(), INPUT, OUTPUT, TOTAL, CACHED, CACHE_WRITE, REASONING, AUDIO_INPUT, AUDIO_OUTPUT);
        types.put(PRICE_INPUT, VariableType.DECIMAL);
        types.put(PRICE_OUTPUT, VariableType.DECIMAL);
        return types;
    }

    private static Map<String, VariableType> with(Map<String, VariableType> types, String... tokens) {
        for (String name : tokens) {
            types.put(name, VariableType.INTEGER);
        }
        return types;
    }
}
