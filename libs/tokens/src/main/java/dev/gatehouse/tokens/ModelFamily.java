package dev.gatehouse.tokens;

import java.util.Locale;
import java.util.Set;

/** Models that share a tokenizer, or nearly. */
public enum ModelFamily {
    /** GPT-4o and everything of OpenAI after it, the open-weight gpt-oss included: o200k. */ O200K,
    /** GPT-4, GPT-3.5, embeddings 3 and ada-002, babbage-002, davinci-002: cl100k. */ CL100K,
    CLAUDE, GEMINI, LLAMA, MISTRAL, QWEN, DEEPSEEK, COHERE, GROK, NOVA,
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
            return CLAUDE;
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
        if (containsAny(name, "command-", "cohere", "embed-v4", "embed-english", "embed-multilingual", "rerank")) {
            return COHERE;
        }
        if (name.contains("grok")) {
            return GROK;
        }
        return containsAny(name, "nova-", "titan-") ? NOVA : ofOpenAi(name);
    }

    private static ModelFamily ofOpenAi(String name) {
        String bare = name.startsWith("openai.") ? name.substring("openai.".length()) : name;
        if (isO200k(bare)) {
            return O200K;
        }
        return CL100K_STARTS.stream().anyMatch(bare::startsWith) ? CL100K : OTHER;
    }

    private static boolean isO200k(String name) {
        boolean reasoning = name.length() > 1 && name.charAt(0) == 'o' && Character.isDigit(name.charAt(1));
        boolean later = name.startsWith("gpt-") && name.length() > 4 && Character.isDigit(name.charAt(4)) && name.charAt(4) >= '5';
        return reasoning || later || containsAny(name, "gpt-4o", "gpt-4.", "chatgpt-", "gpt-oss", "gpt-image", "gpt-audio", "gpt-realtime", "codex",
                "computer-use");
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
        return this == O200K || this == CL100K;
    }
}
