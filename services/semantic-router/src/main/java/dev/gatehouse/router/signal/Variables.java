package dev.gatehouse.router.signal;

import dev.gatehouse.cel.Declarations;
import dev.gatehouse.cel.VariableType;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables of a policy's expressions; docs/semantic-router.md lists them. */
public final class Variables {

    public static final String MODEL = "model";
    public static final String STREAM = "stream";
    public static final String HEADERS = "request.headers";
    public static final String PATH = "request.path";
    public static final String HOST = "request.host";
    public static final String PRINCIPAL = "identity.principal";
    public static final String TENANT = "identity.tenant";
    public static final String METADATA = "metadata";
    public static final String TOKENS = "tokens";
    public static final String TURNS = "turns";
    public static final String LANGUAGE = "language";
    public static final String SCRIPT = "script";
    public static final String CODE = "code";
    public static final String MATHS = "maths";
    public static final String TOOLS = "tools";
    public static final String IMAGES = "images";
    public static final String JSON = "json";
    public static final String PII = "pii";
    public static final String KEYWORDS = "keywords";
    public static final String GAIN = "gain";
    public static final String COMPLEXITY = "complexity";
    public static final String CLASS = "route";
    public static final String SCORE = "score";

    /** Known before the text is classified. */
    public static final Declarations OF_REQUEST = new Declarations(ofRequest());
    /** And what the classifier makes of it. */
    public static final Declarations OF_ROUTE = new Declarations(ofRoute());

    private Variables() {}

    private static Map<String, VariableType> ofRequest() {
        Map<String, VariableType> types = new LinkedHashMap<>();
        for (String text : new String[] {MODEL, PATH, HOST, PRINCIPAL, TENANT, LANGUAGE, SCRIPT}) {
            types.put(text, VariableType.TEXT);
        }
        for (String flag : new String[] {STREAM, CODE, MATHS, TOOLS, IMAGES, JSON, PII}) {
            types.put(flag, VariableType.BOOLEAN);
        }
        types.put(TOKENS, VariableType.INTEGER);
        types.put(TURNS, VariableType.INTEGER);
        types.put(GAIN, VariableType.DECIMAL);
        types.put(COMPLEXITY, VariableType.DECIMAL);
        types.put(HEADERS, VariableType.TEXTS);
        types.put(METADATA, VariableType.TREE);
        types.put(KEYWORDS, VariableType.TREE);
        return types;
    }

    private static Map<String, VariableType> ofRoute() {
        Map<String, VariableType> types = ofRequest();
        types.put(CLASS, VariableType.TEXT);
        types.put(SCORE, VariableType.DECIMAL);
        return types;
    }
}
