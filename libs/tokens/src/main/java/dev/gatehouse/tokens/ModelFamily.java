package dev.gatehouse.tokens;

import java.util.Locale;
import java.util.Set;

/** Models that share a tokenizer, or nearly. */
public enum ModelFamily {
    /** GPT-4o and 4.1: o200k. */ O200K,
    /** OpenAI's reasoning models, o1 and later and GPT-5 and later: o200k in another template. */ O200K_REASONING,
    /** The open-weight gpt-oss: o200k in the Harmony template. */ HARMONY,
    /** GPT-4, GPT-3.5, embeddings 3 and ada-002, babbage-002, davinci-002: cl100k. */ CL100K,
    /** Claude up to Opus 4.6 and Sonnet 4.6. */ CLAUDE,
    /** Claude from Opus 4.7 on, with another vocabulary. */ CLAUDE_4_7,
    GEMINI, LLAMA, MISTRAL, QWEN, DEEPSEEK, NOVA,
    /** Not known: counted as o200k counts. */ OTHER;

    /** Where names of models begin that count with cl100k. The order matters nowhere: gpt-4o and gpt-4.x are sorted out before. */
    private static final Set<String> CL100K_STARTS = Set.of("gpt-4", "gpt-3.5", "gpt-35", "text-embedding-", "babbage-002", "davinci-002");

    /**
     * The family of a model by its name, under any prefix of a provider ({@code openai/}, {@code us.anthropic.}) and with any suffix
     * of a version.
     */
    public static ModelFamily of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        return ofVendor(name.substring(name.lastIndexOf('/') + 1));
    }

    private static ModelFamily ofVendor(String name) {
        if (name.contains("claude")) {
            return isNewClaude(name) ? CLAUDE_4_7 : CLAUDE;
        }
        if (name.contains("gemini") || name.contains("gemma")) {
            return GEMINI;
        }
        if (name.contains("deepseek")) {
            return DEEPSEEK;
        }
        if (name.contains("llama")) {
            return LLAMA;
        }
        return ofOtherVendor(name);
    }

    private static ModelFamily ofOtherVendor(String name) {
        if (containsAny(name, "mistral", "mixtral", "ministral", "codestral", "magistral", "devstral", "pixtral", "voxtral")) {
            return MISTRAL;
        }
        if (containsAny(name, "qwen", "qwq")) {
            return QWEN;
        }
        return name.contains("nova-") ? NOVA : ofOpenAi(name);
    }

    /** {@code claude-opus-4-7}, {@code claude-sonnet-5-20260801}: the first short number is the major one, one next to it the minor. */
    private static boolean isNewClaude(String name) {
        int major = 0;
        for (String word : name.substring(name.indexOf("claude")).split("[-.@:]", 8)) {
            boolean number = !word.isEmpty() && word.length() <= 2 && word.chars().allMatch(Character::isDigit);
            if (major > 0) {
                return major > 4 || major == 4 && number && Integer.parseInt(word) >= 7;
            }
            major = number ? Integer.parseInt(word) : 0;
        }
        return major > 4;
    }

    private static ModelFamily ofOpenAi(String name) {
        String bare = name.startsWith("openai.") ? name.substring("openai.".length()) : name;
        if (bare.contains("gpt-oss")) {
            return HARMONY;
        }
        if (isReasoning(bare)) {
            return O200K_REASONING;
        }
        if (containsAny(bare, "gpt-4o", "gpt-4.", "chatgpt-", "gpt-image", "gpt-audio", "gpt-realtime")) {
            return O200K;
        }
        return CL100K_STARTS.stream().anyMatch(bare::startsWith) ? CL100K : OTHER;
    }

    private static boolean isReasoning(String name) {
        boolean oSeries = name.length() > 1 && name.charAt(0) == 'o' && isDigit(name.charAt(1));
        boolean later = name.startsWith("gpt-") && name.length() > 4 && name.charAt(4) >= '5' && isDigit(name.charAt(4));
        return oSeries || later || containsAny(name, "codex", "computer-use");
    }

    private static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }

    private static boolean containsAny(String name, String... words) {
        for (String word : words) {
            if (name.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether its vocabulary is carried here, so that counts of texts are exact. */
    boolean known() {
        return this == O200K || this == O200K_REASONING || this == HARMONY || this == CL100K;
    }

    /** Whether its template is known well enough to count a conversation exactly. */
    boolean templateKnown() {
        return this == O200K || this == CL100K;
    }
}
