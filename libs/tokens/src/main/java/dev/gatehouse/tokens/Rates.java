package dev.gatehouse.tokens;

import java.util.EnumMap;
import java.util.Map;

/** How many tokens of a family one token of o200k is, by script: fitted, see docs/tokens.md. */
final class Rates {

    private static final Map<ModelFamily, double[]> RATES = new EnumMap<>(ModelFamily.class);

    static {
        //                            WORD  RARE  DIGIT PUNCT SPACE HAN   KANA  HANG  CYR   ARAB  INDIC OTHER
        rates(ModelFamily.CLAUDE,     1.10, 1.15, 1.30, 1.15, 1.00, 1.40, 1.40, 1.60, 1.60, 1.80, 2.50, 1.30);
        rates(ModelFamily.GEMINI,     1.00, 1.00, 2.20, 1.00, 1.00, 0.95, 0.95, 1.00, 1.10, 1.10, 1.10, 1.10);
        rates(ModelFamily.LLAMA,      1.00, 1.00, 1.00, 1.00, 1.00, 1.20, 1.20, 1.20, 1.25, 1.20, 2.00, 1.10);
        rates(ModelFamily.MISTRAL,    1.02, 1.05, 2.20, 1.05, 1.00, 1.10, 1.10, 1.10, 1.05, 1.05, 1.10, 1.20);
        rates(ModelFamily.QWEN,       1.00, 1.00, 2.20, 1.00, 1.00, 0.90, 1.15, 1.10, 1.30, 1.20, 2.50, 1.10);
        rates(ModelFamily.DEEPSEEK,   1.00, 1.05, 1.00, 1.00, 1.00, 0.90, 1.10, 1.10, 1.20, 1.20, 1.60, 1.10);
        rates(ModelFamily.COHERE,     1.00, 1.00, 2.20, 1.00, 1.00, 0.95, 0.95, 0.95, 1.00, 0.95, 1.10, 1.20);
    }

    private Rates() {}

    private static void rates(ModelFamily family, double... rates) {
        RATES.put(family, rates);
    }

    /** The rates of a family in the order of {@link Script}; all 1 where nothing is known. */
    static double[] of(ModelFamily family) {
        return RATES.getOrDefault(family, ONES);
    }

    private static final double[] ONES = ones();

    private static double[] ones() {
        double[] ones = new double[Script.COUNT];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }
}
