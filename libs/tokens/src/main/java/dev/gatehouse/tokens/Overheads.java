package dev.gatehouse.tokens;

/**
 * What a family's chat template adds to the texts of a request, in tokens: fitted where the provider does not say.
 *
 * @param request     once
 * @param message     for each message, its role included
 * @param anyTools    once if there are tools
 * @param tool        for each tool beside its texts
 * @param key         for each key of tool arguments and definitions: quotes, colon, comma
 * @param value       for each value of them
 */
record Overheads(double request, double message, double anyTools, double tool, double key, double value) {

    static Overheads of(ModelFamily family) {
        return switch (family) {
            case O200K, CL100K, OTHER -> new Overheads(3, 4, 9, 7, 2, 1);
            case CLAUDE -> new Overheads(3, 4, 346, 12, 3, 2);
            case GEMINI -> new Overheads(0, 0, 0, 5, 1, 1);
            default -> new Overheads(3, 5, 40, 10, 2, 1);
        };
    }
}
